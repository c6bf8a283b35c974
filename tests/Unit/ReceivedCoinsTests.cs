using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A quote in money whose provider counts coins: 100 USDT were quoted, 0.00019231 BTC are asked for. Coins stay coins in the database and on
/// every page.
/// </summary>
public sealed class ReceivedCoinsTests
{
    private static readonly Money _all = new(0.00019231m, "BTC");
    private static readonly Money _half = new(0.000096155m, "BTC");

    private Shop _shop = null!;

    private CryptoPayment Payment => _shop.Payments.Single;

    [SetUp]
    public void OpenShop() => _shop = new Shop();

    [Test]
    public async Task A_part_is_stored_with_what_remains_and_the_address_takes_the_rest()
    {
        await LookAsync(ProviderStatus.Confirming, _half, acceptsBalance: true);

        Assert.That((Payment.Status, Payment.Received, Payment.Expected, Payment.AcceptsBalance), Is.EqualTo((CryptoPaymentStatus.Confirming, _half, _all, true)));
    }

    [TestCase(null)]
    [TestCase("0.00019231")]
    public async Task The_pay_page_shows_what_arrived_and_what_remains(string? told)
    {
        _shop.Payments.Change(payment => (payment.Coin, payment.DueAmount, payment.Address, payment.CheckoutUrl) = ("BTC", told is null ? null : _all.Amount, told is null ? null : "address", "https://pay.example/page"));
        await LookAsync(ProviderStatus.Confirming, _half, acceptsBalance: true);

        var summary = PaymentSummary.Of(new PaymentSummaryFacts { Payment = Payment, Order = OrderState.Open, AmountDue = 92m, Attempts = [Payment], Now = _shop.Time.Now });
        var remaining = told is null ? _half : new Money(0.00009616m, "BTC");
        Assert.That((summary.State, summary.Balance, summary.Expected, summary.Received, summary.Remaining),
            Is.EqualTo((PaymentState.Underpaid, (BalancePaymentMethod?)(told is null ? BalancePaymentMethod.SamePage : BalancePaymentMethod.SameAddress), _all, (Money?)_half, (Money?)remaining)));
        Assert.That(new PayPageState(summary, TimeSpan.Zero).PollSeconds, Is.GreaterThan(0));
    }

    [Test]
    public async Task The_administrator_reads_coins()
    {
        await LookAsync(ProviderStatus.Underpaid, _half);

        var facts = PaymentDetails.Of(Payment, (await _shop.Summaries.OfAsync(Payment)).Summary, new Order(), coin: null, TimeZoneInfo.Utc).ToDictionary(fact => fact.Name, fact => fact.Lines.Single().Text);
        Assert.That((facts["Received"], facts["Missing"], facts["Quoted"]), Is.EqualTo(("0.000096155 BTC", "0.000096155 BTC", "100 USDT")));
        Assert.That(_shop.Notes.Single().Note, Does.StartWith("Underpaid"));
    }

    /// <summary>The amount was told in coins before; without one, all that was asked for has come.</summary>
    [Test]
    public async Task A_completed_payment_without_an_amount_is_not_stored_in_the_unit_of_an_earlier_part()
    {
        await LookAsync(ProviderStatus.Confirming, _half, acceptsBalance: true);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();

        Assert.That((Payment.Status, Payment.Received), Is.EqualTo((CryptoPaymentStatus.Paid, new Money(100m, "USDT"))));
    }

    [Test]
    public async Task What_the_provider_asks_for_never_changes_the_unit_of_what_arrived()
    {
        await LookAsync(ProviderStatus.Confirming, _half, acceptsBalance: true);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Confirming) with { Expected = new Money(1.25m, "LTC") };
        await _shop.SynchronizeAsync();

        Assert.That((Payment.Received, Payment.Expected), Is.EqualTo((_half, _all)));
    }

    private async Task LookAsync(ProviderStatus status, Money received, bool acceptsBalance = false)
    {
        _shop.Gateway.Answer = () => Facts.Answer(status) with { Received = received, Expected = _all, AcceptsBalance = acceptsBalance };
        await _shop.SynchronizeAsync();
    }
}
