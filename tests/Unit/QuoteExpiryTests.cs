using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// An order of 92 EUR, for which 100 units of a coin were quoted until 10:50; the clock starts at 10:30.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QuoteExpiryTests
{
    private readonly Shop _shop = new();

    [SetUp]
    public void Quote() => _shop.Payments.Change(row => (row.Coin, row.QuoteExpiresOnUtc) = ("USDT", _shop.Time.Now.AddMinutes(20)));

    [Test]
    public async Task Coins_in_time_pay_whatever_their_price_is_now()
    {
        await PriceAsync(0.01m);
        _shop.Time.Now = _shop.Time.Now.AddMinutes(20);
        await PayAsync();
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.IsLate), Is.EqualTo((Paid, false)));
    }

    [TestCase(1.03, Paid, Description = "worth 92.70")]
    [TestCase(0.92, Underpaid, Description = "worth 82.80")]
    [TestCase(5, Paid, Description = "what they gained is the store's, as what they lost is the shopper's")]
    public async Task Late_coins_count_at_their_price_on_arrival(decimal dollars, CryptoPaymentStatus expected)
    {
        _shop.Time.Now = _shop.Time.Now.AddDays(10);
        await PriceAsync(dollars);
        await PayAsync();

        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.IsLate, _shop.Payments.Single.LateValue), Is.EqualTo((expected, true, 100m * dollars * 0.9m)));
        Assert.That(_shop.Notes.Single().Note, Does.StartWith(expected == Paid ? "PaidAfterQuote" : "UnderpaidAfterQuote"));
    }

    [Test]
    public async Task Late_coins_without_a_fresh_price_are_for_a_person_also_when_a_price_comes_later()
    {
        await PriceAsync(5m);
        _shop.Time.Now = _shop.Time.Now.AddDays(10);
        await PayAsync();
        await PriceAsync(5m);
        await PayAsync();

        Assert.That((_shop.Payments.Single.Status, _shop.Marks), Is.EqualTo((PaidLate, 0)));
        Assert.That(_shop.Notes.Single().Note, Does.StartWith("PriceUnknown"));
    }

    [Test]
    public async Task The_value_on_arrival_stands_when_the_price_moves_before_the_payment_is_final()
    {
        _shop.Time.Now = _shop.Time.Now.AddHours(1);
        await PriceAsync(1.03m);
        await PayAsync(ProviderStatus.Confirming);
        await PriceAsync(0.01m);
        await PayAsync();
        Assert.That(_shop.Payments.Single.Status, Is.EqualTo(Paid));
    }

    [Test]
    public async Task The_rest_after_late_coins_is_what_they_were_short_of()
    {
        _shop.Time.Now = _shop.Time.Now.AddDays(10);
        await PriceAsync(0.92m);
        await PayAsync();
        Assert.That(92m - OutstandingBalance.TotalValueOf(_shop.Payments.All, "EUR"), Is.EqualTo(9.20m));
    }

    [Test]
    public async Task Where_the_owner_decides_about_late_payments_nothing_late_pays([Values(0, 1, 3)] int checksBetween)
    {
        _shop.Settings.AcceptLate = false;
        for (var check = 0; check < checksBetween; check++)
        {
            _shop.Time.Now = _shop.Time.Now.AddMinutes(15);
            await PayAsync(check == 0 ? ProviderStatus.Waiting : ProviderStatus.Expired);
        }
        _shop.Time.Now = new DateTime(2026, 2, 6, 11, 30, 0, DateTimeKind.Utc);
        await PriceAsync(5m);
        for (var look = 0; look < 3; look++)
            await PayAsync();

        Assert.That((_shop.Payments.Single.Status, _shop.Marks, _shop.Notes.Count(note => note.Note.StartsWith("PaidLate", StringComparison.Ordinal)), _shop.Mails.Count(mail => mail.StartsWith("PaidLate", StringComparison.Ordinal))),
            Is.EqualTo((PaidLate, 0, 1, 1)));
    }

    [Test]
    public async Task More_than_the_order_owes_alerts_the_owner_once_and_keeps_the_surplus()
    {
        _shop.Orders.Change(order => order.OrderTotal = 36.80m);
        for (var look = 0; look < 3; look++)
            await PayAsync();

        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.Surplus, _shop.Mails.Count, _shop.Alerts.All.Count), Is.EqualTo((Overpaid, new Money(60m, "USDT"), 1, 1)));
    }

    private Task PriceAsync(decimal dollars) => _shop.Market.SetAsync("USDT", dollars);

    private Task PayAsync(ProviderStatus status = ProviderStatus.Completed)
    {
        _shop.Gateway.Answer = () => Facts.Answer(status) with { Received = status is ProviderStatus.Completed or ProviderStatus.Confirming ? new Money(100m, "USDT") : null };
        return _shop.SynchronizeAsync();
    }
}
