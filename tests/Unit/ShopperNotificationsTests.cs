using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What shoppers are told by mail: once for each cause, and nothing that is not true any more.
/// </summary>
public sealed class ShopperNotificationsTests
{
    private static readonly ProviderPayment _short = Facts.Answer(ProviderStatus.Underpaid) with { Received = new Money(60.5m, "USDT") };

    private Shop _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new Shop();

    [TestCase(ProviderStatus.Completed, "Paid")]
    [TestCase(ProviderStatus.Underpaid, "Underpaid")]
    [TestCase(ProviderStatus.Expired, "Expired")]
    public async Task Each_cause_is_told_once_to_the_billing_address_in_the_order_s_language(ProviderStatus status, string mail)
    {
        _shop.Gateway.Answer = () => status == ProviderStatus.Underpaid ? _short : Facts.Answer(status);
        for (var i = 0; i < 3; i++)
            await _shop.SynchronizeAsync();
        await _shop.PendingNotifications.SendAsync();

        var sent = _shop.ShopperNotifications.Single();
        Assert.That((sent.Template, sent.To, sent.LanguageId), Is.EqualTo(($"CryptoGateways.{mail}.CustomerNotification", "Ada Byron <ada@example.com>", 2)));
        Assert.That(sent.Tokens["CryptoPayment.PageUrl"], Does.StartWith("https://shop1.example/checkout/crypto/1-"));
    }

    [Test]
    public async Task The_mail_about_the_rest_tells_the_amounts_as_they_are_written_in_its_language()
    {
        _shop.Gateway.Answer = () => _short;
        await _shop.SynchronizeAsync();

        var tokens = _shop.ShopperNotifications.Single().Tokens;
        Assert.That((tokens["CryptoPayment.AmountRequested"], tokens["CryptoPayment.Received"], tokens["CryptoPayment.AmountRemaining"]), Is.EqualTo(("100 USDT", "60,5 USDT", "39,5 USDT")));
    }

    [Test]
    public async Task The_link_leads_to_the_attempt_s_own_page_where_it_has_one()
    {
        _shop.Payments.Change(payment => payment.Address = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t");
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Expired);
        await _shop.SynchronizeAsync();

        Assert.That(_shop.ShopperNotifications.Single().Tokens["CryptoPayment.PageUrl"], Does.StartWith("https://shop1.example/checkout/crypto/1-"));
    }

    [TestCase(ProviderStatus.Waiting)]
    [TestCase(ProviderStatus.Confirming)]
    [TestCase(ProviderStatus.Canceled, Description = "the shopper did it")]
    [TestCase(ProviderStatus.Failed)]
    [TestCase(ProviderStatus.Disputed)]
    public async Task Other_states_are_no_cause(ProviderStatus status)
    {
        _shop.Gateway.Answer = () => Facts.Answer(status);
        await _shop.SynchronizeAsync();

        Assert.That((_shop.ShopperNotifications, _shop.Events.All.Where(row => row.Kind == PaymentEventKind.Notification)), Is.EqualTo((Array.Empty<SentMail>(), Array.Empty<PaymentEvent>())));
    }

    [Test]
    public async Task Of_an_attempt_that_another_took_the_place_of_nothing_is_told()
    {
        _shop.Payments.Insert(_shop.Attempt(2));
        _shop.Payments.Change(payment => payment.CheckoutUrl = "https://provider.example/pay");
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Expired);

        await _shop.SynchronizeAsync(1);
        Assert.That(_shop.ShopperNotifications, Is.Empty);
        await _shop.SynchronizeAsync(2);
        Assert.That(_shop.ShopperNotifications.Single().Template, Is.EqualTo(Notification.Expired.Template));
    }

    [Test]
    public async Task Two_attempts_that_were_both_paid_make_one_mail()
    {
        _shop.Payments.Insert(_shop.Attempt(2));
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(2);
        await _shop.SynchronizeAsync(1);

        Assert.That(_shop.ShopperNotifications.Select(mail => mail.Template), Is.EqualTo(new[] { Notification.Paid.Template }));
    }

    [Test]
    public async Task An_order_that_is_cancelled_in_the_same_step_is_left_to_the_platform_s_mail()
    {
        _shop.Settings.CancelUnpaidAfterHours = 1;
        _shop.Time.Now += TimeSpan.FromHours(1.1);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Expired);
        await _shop.SynchronizeAsync();

        Assert.That((_shop.Orders.Single.OrderStatusId, _shop.ShopperNotifications.Count), Is.EqualTo(((int)OrderStatus.Cancelled, 0)));
    }

    [Test]
    public async Task The_store_s_own_mail_of_a_paid_order_is_enough()
    {
        _shop.SwitchedOff.Remove(MessageTemplateSystemNames.ORDER_PAID_CUSTOMER_NOTIFICATION);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();

        Assert.That(_shop.ShopperNotifications, Is.Empty);
    }

    [Test]
    public async Task A_template_that_is_switched_off_sends_nothing_now_or_later()
    {
        _shop.SwitchedOff.Add(Notification.Expired.Template);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Expired);
        await _shop.SynchronizeAsync();
        _shop.SwitchedOff.Clear();
        await _shop.PendingNotifications.SendAsync();

        Assert.That(_shop.ShopperNotifications, Is.Empty);
    }

    [Test]
    public async Task Without_an_address_or_in_a_language_that_is_gone_nothing_fails()
    {
        _shop.Language.Published = false;
        _shop.Gateway.Answer = () => _short;
        await _shop.SynchronizeAsync();
        Assert.That((_shop.ShopperNotifications.Single().LanguageId, _shop.ShopperNotifications.Single().Tokens["CryptoPayment.AmountRemaining"]), Is.EqualTo((1, "39.5 USDT")));

        _shop = new Shop { Address = { Email = "" }, Gateway = { Answer = () => _short } };
        await _shop.SynchronizeAsync();
        Assert.That((_shop.ShopperNotifications.Count, _shop.Payments.Single.Status), Is.EqualTo((0, Underpaid)));
    }

    [Test]
    public async Task A_crash_before_the_decision_was_written_costs_no_mail_and_makes_no_second_one()
    {
        await _shop.EnqueueAsync(_shop.Payments.Single, Notification.Expired);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Expired);
        await _shop.SynchronizeAsync();
        await _shop.PendingNotifications.SendAsync();

        Assert.That(_shop.ShopperNotifications.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_crash_left_owed_is_not_sent_when_it_is_not_true_any_more()
    {
        await _shop.EnqueueAsync(_shop.Payments.Single, Notification.Expired);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();

        Assert.That(_shop.ShopperNotifications.Select(mail => mail.Template), Is.EqualTo(new[] { Notification.Paid.Template }));
    }

    /// <summary>The process died after the decision was written: for the outbox the same as a queue that failed.</summary>
    [Test]
    public async Task A_mail_that_was_not_queued_is_queued_by_the_task_unless_the_order_is_being_worked_on()
    {
        _shop.QueueFails = true;
        _shop.Gateway.Answer = () => _short;
        await _shop.SynchronizeAsync();
        Assert.That(_shop.Payments.Single.Status, Is.EqualTo(Underpaid), "the mail's failure is not the payment's");

        _shop.QueueFails = false;
        _shop.Leases.Insert(new Lease { Resource = "order-1", Owner = "another node", ExpiresOnUtc = _shop.Time.Now.AddSeconds(1) });
        await _shop.PendingNotifications.SendAsync();
        Assert.That(_shop.ShopperNotifications, Is.Empty);

        _shop.Time.Now += TimeSpan.FromSeconds(1);
        await _shop.PendingNotifications.SendAsync();
        await _shop.PendingNotifications.SendAsync();
        Assert.That((_shop.ShopperNotifications.Count, _shop.Leases.All.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_mail_that_fails_twice_is_given_up()
    {
        _shop.QueueFails = true;
        _shop.Gateway.Answer = () => _short;
        await _shop.SynchronizeAsync();
        await _shop.PendingNotifications.SendAsync();
        _shop.QueueFails = false;
        await _shop.PendingNotifications.SendAsync();

        Assert.That(_shop.ShopperNotifications, Is.Empty);
        var row = _shop.Events.All.Single(row => row.Kind == PaymentEventKind.Notification);
        Assert.That((row.Name, row.Outcome), Is.EqualTo(("Underpaid", nameof(PaymentEventOutcome.Failed))));
    }

    /// <summary>A mail too many is better than none.</summary>
    [Test]
    public async Task Only_a_crash_between_queue_and_stamp_sends_a_mail_twice()
    {
        _shop.Gateway.Answer = () => _short;
        await _shop.SynchronizeAsync();
        _shop.Events.Change(row => row.ProcessedOnUtc = row.Kind == PaymentEventKind.Notification ? null : row.ProcessedOnUtc);
        await _shop.PendingNotifications.SendAsync();
        await _shop.PendingNotifications.SendAsync();

        Assert.That(_shop.ShopperNotifications.Count, Is.EqualTo(2));
    }
}
