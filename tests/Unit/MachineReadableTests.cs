using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Nop.Plugin.Payments.CryptoGateways.Controllers;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What programs read: files, their names, JSON, the values of date fields. Administrators' languages have calendars, digits, signs and
/// letters of their own.
/// </summary>
public sealed class MachineReadableTests
{
    private static readonly string[] _cultures = ["ar-SA", "fa-IR", "tr-TR", "th-TH", "sv-SE", "de-DE"];

    private static readonly DateTime _now = new(2026, 2, 6, 9, 5, 7, DateTimeKind.Utc);

    [TestCaseSource(nameof(_cultures))]
    public async Task It_is_the_same_in_every_language(string culture)
    {
        var expected = await AllAsync(CultureInfo.InvariantCulture);
        Assert.That(expected, Does.Contain("crypto-payments-20260206-090507.csv").And.Contain("1234.56789").And.Contain("2026-02-06 09:05:07"));

        Assert.That(await AllAsync(new CultureInfo(culture)), Is.EqualTo(expected));
    }

    /// <summary>An interpolated string with a format takes the reader's culture, and the compiler does not warn.</summary>
    [Test]
    public void No_format_is_left_to_the_readers_culture() =>
        Assert.That(
            from file in Sources.Code
            from line in file.Value.Split('\n')
            where System.Text.RegularExpressions.Regex.IsMatch(line, "\\$\"[^\"]*\\{[^{}\"]*[^:{}\"]:(yy|HH|MM|dd|[NFDECGPfnde]\\d|0[.0#]*)[^{}\"]*\\}") && !line.Contains("InvariantCulture", StringComparison.Ordinal)
            select $"{file.Key}: {line.Trim()}", Is.Empty);

    private static async Task<string> AllAsync(CultureInfo culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return string.Join('\n', await ExportAsync(), AdminText.Time(_now, TimeZoneInfo.Utc), AdminText.Minute(_now, TimeZoneInfo.Utc), AdminText.Day(DateOnly.FromDateTime(_now)),
                Money.NumberOf(-1234.5m), $"{new Money(1234.5m, "USDT")}", PayPageLinks.PathOf(1234567));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static async Task<string> ExportAsync()
    {
        var shop = new Shop { Time = { Now = _now } };
        shop.Payments.Insert(new CryptoPayment
        {
            OrderId = 7, StoreId = 1, Attempt = 2, Gateway = "sample", Coin = "USDT", Reference = "another", ExternalId = "another", PriceAmount = 1234.56789m, PriceCurrency = "USD",
            PayAmount = 0.00000001m, PayCurrency = "BTC", CreatedOnUtc = _now, PaidOnUtc = _now, SecondsToPaid = 12345
        });
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        var file = await new CryptoPaymentsController(new PaymentModelFactory(null!, null!, null!, null!, null!, Registered.Texts()), new PaymentExport(new PaymentSearch(shop.Payments.Repository, shop.Orders.Repository), shop.Summaries), null!, null!, null!, shop.Time).Export(new PaymentSearchModel());
        await file.ExecuteResultAsync(new ActionContext(http, new RouteData(), new Microsoft.AspNetCore.Mvc.Abstractions.ActionDescriptor()));
        http.Response.Body.Position = 0;
        return http.Response.Headers.ContentDisposition + "\n" + await new StreamReader(http.Response.Body).ReadToEndAsync();
    }
}
