using System.Globalization;
using System.Text;
using Moq;
using Nop.Core;
using Nop.Core.Domain;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Services.Catalog;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Media;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Pay page, order page, order panel, payment page, payment list, export and mails tell the same state and the same amounts of a
/// payment, for every status, every state of its order, and every way in which money can arrive.
/// </summary>
public sealed class StateConsistencyTests
{
    public enum Funds
    {
        None,

        /// <summary>Half of it, counted in the quote's unit.</summary>
        Half,

        /// <summary>Half of an invoice that was priced in dollars and is counted in coins.</summary>
        HalfInCoins,

        /// <summary>The same, and the address takes the rest.</summary>
        HalfWithRest,
        All,

        /// <summary>All of it after the quote had expired, worth half.</summary>
        AllLate,
        More
    }

    private static readonly (PaymentStatus Payment, OrderStatus Order)[] _orders =
    [
        (PaymentStatus.Pending, OrderStatus.Pending), (PaymentStatus.Authorized, OrderStatus.Processing), (PaymentStatus.Paid, OrderStatus.Processing),
        (PaymentStatus.Refunded, OrderStatus.Processing), (PaymentStatus.Pending, OrderStatus.Cancelled)
    ];

    [Test]
    public async Task All_pages_lists_files_and_mails_tell_the_same([Values] CryptoPaymentStatus status, [Values] Funds funds)
    {
        foreach (var (paymentStatus, orderStatus) in _orders)
        {
            var shop = new Shop();
            shop.Orders.Change(order => (order.PaymentStatusId, order.OrderStatusId) = ((int)paymentStatus, (int)orderStatus));
            shop.Payments.Change(payment => Fill(payment, status, funds, shop.Time.Now));
            var summary = (await shop.Summaries.OfAsync(shop.Payments.Single)).Summary;
            var expected = new Told($"{summary.State}", $"{summary.Received}", $"{summary.Remaining}");

            foreach (var (name, told) in await ReadAsync(shop))
                Assert.That(told, Is.EqualTo(expected), $"{name}, order {paymentStatus} {orderStatus}");
        }
    }

    private static void Fill(CryptoPayment payment, CryptoPaymentStatus status, Funds funds, DateTime now)
    {
        (payment.Status, payment.Address, payment.Coin, payment.DueAmount, payment.NextCheckOnUtc) = (status, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "USDT", 100m, now.AddHours(1));
        if (funds is Funds.HalfInCoins or Funds.HalfWithRest)
            (payment.PayAmount, payment.PayCurrency, payment.ExpectedAmount, payment.ReceivedCurrency) = (92m, "EUR", 100m, "USDT");
        payment.ReceivedAmount = funds switch { Funds.None => null, Funds.All or Funds.AllLate => 100m, Funds.More => 110m, _ => 50m };
        payment.AcceptsBalance = funds == Funds.HalfWithRest;
        if (funds == Funds.AllLate)
            (payment.LateAmount, payment.LateValue) = (100m, 46m);
        if (funds == Funds.More)
            payment.SurplusAmount = 10m;
    }

    private static async Task<List<(string Name, Told Told)>> ReadAsync(Shop shop)
    {
        var payment = shop.Payments.Single;
        var order = shop.Orders.Single;
        var registry = new GatewayRegistry([shop.Gateway]);
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string key) => key);
        var search = new PaymentSearch(shop.Payments.Repository, shop.Orders.Repository);

        var payments = new PaymentModelFactory(search, shop.Summaries, registry, new AttemptModelFactory(null!, null!, null!, registry, null!, Registered.Texts()), null!, Registered.Texts(texts.Object));

        var page = await PayPageLinks(shop).PageAsync(payment, "token");
        var decisive = OrderPayments.DecisiveOf(await shop.Summaries.OfOrderAsync(order)).Summary!;
        var panel = (await payments.PrepareOrderPanelModelAsync(order)).Attempt!;
        var row = (await payments.PreparePaymentListModelAsync(new PaymentSearchModel { Length = 10 })).Data.Single();
        var told = new List<(string, Told)>
        {
            ("pay page", Of(page.Payment)),
            ("pay page, JSON", OfJson(page.State.Json())),
            ("order page", Of(decisive)),
            ("order panel", new Told(panel.State, FactOf(panel, "Received"), FactOf(panel, "Missing"))),
            ("payment list", new Told(row.Status.Split('.')[^1], row.Received, row.Remaining)),
            ("export", await ExportAsync(new PaymentExport(search, shop.Summaries)))
        };
        foreach (var mail in new[] { Notification.Paid, Notification.Overpaid, Notification.Underpaid, Notification.Expired })
            await shop.EnqueueAsync(payment, mail);
        shop.Language.LanguageCulture = "en-US";
        await shop.PendingNotifications.SendAsync();
        told.AddRange(shop.ShopperNotifications.Select(mail => ("mail", new Told(mail.Template.Split('.')[1], mail.Tokens["CryptoPayment.Received"], mail.Tokens["CryptoPayment.AmountRemaining"]))));
        return told;
    }

    private static Told Of(PaymentSummary summary) => new($"{summary.State}", $"{summary.Received}", $"{summary.Remaining}");

    private static Told OfJson(string json)
    {
        using var state = System.Text.Json.JsonDocument.Parse(json);
        return new Told(Value("state"), Value("received"), Value("remaining"));

        string Value(string name) => state.RootElement.TryGetProperty(name, out var value) ? value.GetString()! : string.Empty;
    }

    private static string FactOf(AttemptModel attempt, string name) => attempt.Facts.FirstOrDefault(fact => fact.Name == name)?.Lines[0].Text ?? string.Empty;

    private static async Task<Told> ExportAsync(PaymentExport export)
    {
        using var file = new MemoryStream();
        await export.WriteAsync(new PaymentFilter(), file, CancellationToken.None);
        var lines = Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        return new Told(Cell("Status"), Amount("Received"), Amount("Remaining"));

        string Cell(string column) => lines[1][Array.IndexOf(lines[0], column)];

        string Amount(string name) => Cell($"{name}Amount").Length == 0 ? string.Empty : $"{Cell($"{name}Amount")} {Cell($"{name}Currency")}";
    }

    private static PayPageModelFactory PayPageLinks(Shop shop)
    {
        var store = Mock.Of<IStoreContext>(context => context.GetCurrentStoreAsync() == Task.FromResult(new Store { Name = "shop" }));
        var work = Mock.Of<IWorkContext>(context => context.GetWorkingLanguageAsync() == Task.FromResult(new Language { LanguageCulture = "en-US" })
            && context.GetCurrentCustomerAsync() == Task.FromResult(new Customer { Id = 99 }));
        var stranger = new CustomerOrders(new PaymentFactsReader(shop.Reader, null!, null!, null!, null!, null!), work);
        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.LoadSettingAsync<StoreInformationSettings>(It.IsAny<int>())).ReturnsAsync(new StoreInformationSettings());
        settings.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>())).ReturnsAsync(new CryptoGatewaysSettings());
        var prices = new PayPriceFactory(new DisplayedTotals(null!, Mock.Of<IPriceFormatter>(), work));
        return new PayPageModelFactory(new PayPageReader(shop.Summaries, null!, shop.Time), new PayOwnerModelFactory(stranger, null!, null!, null!, null!),
            new StoreLookFactory(store, work, settings.Object, Mock.Of<IPictureService>()), new PayInstructionsFactory(shop.AttemptGateways, prices), new PayFactsFactory(shop.AttemptGateways, prices, new UsualTimes(shop.Payments.Repository), Registered.Texts()), shop.Time);
    }

    /// <summary>What one of them tells.</summary>
    private sealed record Told(string State, string Received, string Remaining);
}
