using FsCheck;
using FsCheck.Fluent;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The amount that the shopper is shown is the amount that is requested, authorized, captured and refunded, whatever decimals an
/// order's total has beyond those that the platform displays.
/// </summary>
public sealed class AmountConsistencyTests
{
    /// <summary>Each opens a store of its own.</summary>
    private const int Cases = 8;

    private static readonly Dictionary<string, Func<StoreCurrency>> _currencies = new()
    {
        ["JPY"] = () => new StoreCurrency("JPY", "ja-JP"),
        ["EUR"] = () => new StoreCurrency("EUR", "de-DE"),
        ["KWD"] = () => new StoreCurrency("KWD", "ar-KW", format: "0.000"),
        ["CHF"] = () => new StoreCurrency("CHF", "de-CH", RoundingType.Rounding005Up),
        ["HUF"] = () => new StoreCurrency("HUF", "hu-HU", RoundingType.Rounding1),
        ["IDR"] = () => new StoreCurrency("IDR", "id-ID", format: "#,##0")
    };

    private static IEnumerable<string> Currencies => _currencies.Keys;

    [TestCase("29.4847", "EUR", "29.48")]
    [TestCase("29.485", "EUR", "29.48", Description = "the platform rounds half to even")]
    [TestCase("29.4851", "EUR", "29.49")]
    [TestCase("2947.5", "JPY", "2948")]
    [TestCase("29.4847", "KWD", "29.48")]
    [TestCase("29.4847", "CHF", "29.5")]
    [TestCase("29.51", "HUF", "30")]
    [TestCase("12345.67", "IDR", "12346")]
    public async Task A_total_is_rounded_as_the_platform_displays_it(decimal total, string currency, decimal shown) =>
        Assert.That(await _currencies[currency]().Prices.ShownAsync(total), Is.EqualTo(new Money(shown, currency)));

    [Test]
    public void Any_total_is_rounded_as_the_platform_displays_it([ValueSource(nameof(Currencies))] string currency)
    {
        var store = _currencies[currency]();
        Prop.ForAll(Totals().ToArbitrary(), async total => Assert.That((await store.Prices.ShownAsync(total)).Amount, Is.EqualTo(store.Displayed(total)))).Holds(1000);
    }

    [Test]
    public void The_amount_shown_is_requested_authorized_captured_and_refunded([ValueSource(nameof(Currencies))] string currency) => ForAnyTotal(async total =>
    {
        var (shop, store) = Open(currency, total);
        var shown = store.Displayed(total);
        Assert.That(shop.Payments.Single.Quoted, Is.EqualTo(new Money(shown, currency)), "requested");

        await AuthorizeAsync(shop, shown);
        Assert.That(shop.Orders.Single.PaymentStatus, Is.EqualTo(PaymentStatus.Authorized));

        var page = new OrderPage(shop);
        Assert.That(await page.CaptureAsync(), Is.Empty);
        await LookAsync(shop, Answer(shop, ProviderStatus.Completed, shown));
        Assert.That((shop.Payments.Single.Status, shop.Payments.Single.ReceivedAmount), Is.EqualTo((CryptoPaymentStatus.Paid, shown)));
        Assert.That(await page.RefundAsync(), Is.Empty);

        Assert.That(((OperatingGateway)shop.Gateway).Calls, Is.EqualTo(new[] { $"capture {new Money(shown, currency)}", $"refund {new Money(shown, currency)}" }));
    });

    [Test]
    public void Refunds_in_parts_return_all_that_was_captured([ValueSource(nameof(Currencies))] string currency) =>
        Prop.ForAll((from total in Totals() from share in Gen.Choose(1, 99) select (total, share)).ToArbitrary(), async pair =>
        {
            var (shop, store) = Open(currency, pair.total);
            var shown = store.Displayed(pair.total);
            await LookAsync(shop, Answer(shop, ProviderStatus.Completed, shown));

            var page = new OrderPage(shop);
            var part = decimal.Round(pair.total * pair.share / 100m, 4);
            if (store.Displayed(part) is 0m || store.Displayed(part) >= shown)
                return;
            Assert.That(await page.RefundAsync(part), Is.Empty);
            Assert.That(await page.RefundAsync(pair.total - part), Is.Empty);

            var gateway = (OperatingGateway)shop.Gateway;
            Assert.That(gateway.Amounts.Sum(), Is.EqualTo(shown), string.Join(", ", gateway.Calls));
            Assert.That(shop.Orders.Single.PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
        }).Holds(Cases);

    /// <summary>The administrator types what is displayed.</summary>
    [Test]
    public void Refunding_the_displayed_amount_refunds_the_order_in_full([ValueSource(nameof(Currencies))] string currency) => ForAnyTotal(async total =>
    {
        var (shop, store) = Open(currency, total);
        await LookAsync(shop, Answer(shop, ProviderStatus.Completed, store.Displayed(total)));

        Assert.That(await new OrderPage(shop).RefundAsync(Math.Min(total, store.Displayed(total))), Is.Empty);

        Assert.That(((OperatingGateway)shop.Gateway).Amounts.Sum(), Is.EqualTo(store.Displayed(total)));
        Assert.That(shop.Orders.Single.PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
    });

    [Test]
    public async Task The_rest_of_an_order_that_was_paid_in_part_is_what_is_captured()
    {
        var (shop, _) = Open("EUR", 100m);
        shop.Payments.Change(payment => (payment.Status, payment.ReceivedAmount) = (CryptoPaymentStatus.Underpaid, 40.005m));
        var balance = shop.Attempt(2);
        (balance.PriceAmount, balance.PayAmount, balance.PayCurrency, balance.Status) = (60m, 60m, "EUR", CryptoPaymentStatus.Authorized);
        shop.Payments.Insert(balance);

        await new OrderPage(shop).CaptureAsync();

        Assert.That(((OperatingGateway)shop.Gateway).Calls, Is.EqualTo(new[] { "capture 60 EUR" }));
    }

    /// <summary>Less arrived than was quoted, and the tolerance let it pay the order.</summary>
    [Test]
    public async Task No_more_is_refunded_than_was_received()
    {
        var (shop, _) = Open("EUR", 29.4847m);
        shop.Settings.UnderpaidPercent = 5m;
        await LookAsync(shop, Answer(shop, ProviderStatus.Completed, 29.48m) with { Received = new Money(29m, "EUR") });

        await new OrderPage(shop).RefundAsync();

        Assert.That(((OperatingGateway)shop.Gateway).Calls, Is.EqualTo(new[] { "refund 29 EUR" }));
    }

    [Test]
    public async Task All_that_is_reserved_is_let_go_although_the_order_costs_more_by_now()
    {
        var (shop, _) = Open("EUR", 29.4847m);
        await AuthorizeAsync(shop, 29.48m);
        shop.Orders.Change(order => order.OrderTotal = 31m);

        Assert.That(await new OrderPage(shop).VoidAsync(), Is.Empty);

        Assert.That(((OperatingGateway)shop.Gateway).Calls, Is.EqualTo(new[] { "void 29.48 EUR" }));
    }

    private static void ForAnyTotal(Func<decimal, Task> check) => Prop.ForAll(Totals().ToArbitrary(), check).Holds(Cases);

    /// <summary>From one unit, with up to four decimals: so many the platform stores.</summary>
    private static Gen<decimal> Totals() => from number in Gen.Choose(1, int.MaxValue)
                                            from decimals in Gen.Choose(0, 4)
                                            select 1m + new decimal(number, 0, 0, false, (byte)decimals);

    /// <summary>A store with an order of which the shopper has chosen to pay the amount that is owed.</summary>
    private static (Shop Shop, StoreCurrency Store) Open(string currency, decimal total)
    {
        var store = _currencies[currency]();
        var shop = new Shop(new OperatingGateway(), store);
        shop.Orders.Change(order => order.OrderTotal = total);
        var owed = shop.Reader.AmountAsync(shop.Orders.Single).Result;
        shop.Payments.Change(payment => (payment.PriceAmount, payment.PriceCurrency, payment.PayAmount, payment.PayCurrency) = (owed.Amount, currency, owed.Amount, currency));
        return (shop, store);
    }

    private static Task AuthorizeAsync(Shop shop, decimal amount) => LookAsync(shop, Answer(shop, ProviderStatus.Authorized, amount));

    private static ProviderPayment Answer(Shop shop, ProviderStatus status, decimal amount) =>
        Facts.Answer(status) with { Amount = new Money(amount, shop.Payments.Single.PayCurrency) };

    private static async Task LookAsync(Shop shop, ProviderPayment answer)
    {
        shop.Gateway.Answer = () => answer;
        shop.Time.Now += PaymentEventService.OperationGrace;
        await shop.SynchronizeAsync();
    }
}
