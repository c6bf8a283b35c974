using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// An attempt whose provider gives an address that is not one of the coin's network. Here the coin is on TRON.
/// </summary>
public sealed class InvalidAddressTests
{
    private const string Good = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
    private const string Reason = "with an address for USDT that is not valid on TRON";

    /// <summary>A wrong checksum, other networks, a test network, and no address.</summary>
    private static readonly string[] _bad =
    [
        "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", "mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hZ", "T", ""
    ];

    private Shop _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new Shop();

    [TestCaseSource(nameof(_bad))]
    public async Task A_bad_address_in_the_answer_to_create_puts_the_attempt_on_hold(string address)
    {
        Assert.That((await StartAsync(address)).Outcome, Is.EqualTo(StartOutcome.ProviderFailed));

        Assert.That((Newest.Status, Newest.HasPage, Newest.IsOnHold, Newest.FailureReason), Is.EqualTo((Creating, false, true, $"BadAddress: answered create {Reason}")));
        Assert.That(await StateAsync(), Is.EqualTo(PaymentState.ProviderFailed));
    }

    /// <summary>The provider's page would show the same address.</summary>
    [Test]
    public async Task An_attempt_on_hold_gets_no_page_later_and_stays_watched()
    {
        await StartAsync(_bad[0]);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Waiting) with { CheckoutUrl = new Uri("https://pay.example/page") };
        await _shop.SynchronizeAsync(Newest.Id);

        Assert.That((Newest.Status, Newest.HasPage, Newest.NextCheckOnUtc is not null), Is.EqualTo((AwaitingPayment, false, true)));
        Assert.That(await StateAsync(), Is.EqualTo(PaymentState.ProviderFailed));

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(Newest.Id);
        Assert.That((Newest.Status, _shop.Marks), Is.EqualTo((Paid, 1)), "what somebody paid counts");
    }

    [Test]
    public async Task Beside_an_attempt_on_hold_the_shopper_can_start_another()
    {
        await StartAsync(_bad[0]);
        var held = Newest.Id;
        Assert.That((await StartAsync(Good)).Outcome, Is.EqualTo(StartOutcome.Redirect));
        Assert.That((Newest.Id > held, Newest.Address, await StateAsync()), Is.EqualTo((true, Good, PaymentState.AwaitingPayment)));
    }

    [TestCaseSource(nameof(_bad))]
    public async Task A_bad_address_that_comes_later_is_dropped_with_the_reason(string address)
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Waiting) with { PayTo = new PayTo(address, new Money(100m, "USDT")), CheckoutUrl = new Uri("https://pay.example/page") };
        await _shop.SynchronizeAsync();

        Assert.That((Newest.Status, Newest.HasPage, Newest.FailureReason), Is.EqualTo((AwaitingPayment, false, $"BadAddress: answered {Reason}")));
    }

    [Test]
    public async Task A_good_address_that_comes_later_is_shown()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Waiting) with { PayTo = new PayTo(Good, new Money(100m, "USDT")) };
        await _shop.SynchronizeAsync();

        Assert.That((Newest.Address, Newest.FailureReason, await StateAsync()), Is.EqualTo((Good, (string?)null, PaymentState.AwaitingPayment)));
    }

    /// <summary>Stored before addresses were checked, or changed in the database.</summary>
    [Test]
    public async Task A_bad_address_in_the_database_is_not_shown_and_not_returned_to()
    {
        await StartAsync(Good);
        var stored = Newest.Id;
        _shop.Payments.Change(payment => payment.Address = payment.Id == stored ? _bad[1] : null);
        Assert.That(await StateAsync(), Is.EqualTo(PaymentState.ProviderFailed));

        _shop.Gateway.NextId = "id3";
        await StartAsync(Good);
        Assert.That((Newest.Id > stored, Newest.Address), Is.EqualTo((true, Good)));
    }

    private CryptoPayment Newest => _shop.Payments.All[^1];

    private async Task<PaymentState> StateAsync() => (await _shop.Summaries.OfAsync(Newest)).Summary.State;

    private Task<StartResult> StartAsync(string address)
    {
        _shop.Gateway.PayTo = new PayTo(address, new Money(100m, "USDT"));
        return _shop.Starter.StartAsync(1, new PaymentOption(_shop.Gateway.Descriptor, _shop.Gateway.Descriptor.Coins[0], new Money(92m, "EUR"), new Money(100m, "USDT")));
    }
}
