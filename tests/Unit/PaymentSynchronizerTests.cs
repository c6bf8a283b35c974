using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What a decision becomes in the database, and that it becomes it once.
/// </summary>
public sealed class PaymentSynchronizerTests
{
    private Shop _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new Shop();

    [TestCase("{")]
    [TestCase("}")]
    [TestCase("{99}")]
    public async Task A_stray_brace_in_an_owners_text_holds_up_no_payment(string brace)
    {
        _shop.Text = name => name + brace;
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);

        await _shop.SynchronizeAsync();

        Assert.That((_shop.Payments.Single.Status, _shop.Marks), Is.EqualTo((CryptoPaymentStatus.Paid, 1)));
        Assert.That(_shop.Notes.Single().Note, Does.StartWith($"Paid{brace} ref 100 USDT"));
    }

    [Test]
    public async Task A_completed_payment_pays_the_order_once_however_often_it_is_looked_at()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        for (var i = 0; i < 3; i++)
            Assert.That(await _shop.SynchronizeAsync(), Is.True);

        var payment = _shop.Payments.Single;
        Assert.That((_shop.Marks, payment.Status, payment.PaidOnUtc, payment.ReceivedAmount, payment.Checks), Is.EqualTo((1, Paid, _shop.Time.Now, 100m, 3)));
        Assert.That(_shop.Orders.Single.PaymentStatusId, Is.EqualTo((int)PaymentStatus.Paid));
        Assert.That(_shop.Notes.Select(note => note.Note), Is.EqualTo(new[] { "Paid ref 100 USDT id" }));
        Assert.That(_shop.Events.All.Where(row => row.Kind == PaymentEventKind.StatusChange).Select(row => row.Name), Is.EqualTo(new[] { "AwaitingPayment > Paid" }));
    }

    [Test]
    public async Task All_that_was_seen_is_not_asked_for_again_whatever_the_provider_calls_it()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Waiting) with { Received = new Money(100m, "USDT") };
        await _shop.SynchronizeAsync();

        Assert.That(_shop.Payments.Single.Status, Is.EqualTo(Confirming));
    }

    [Test]
    public async Task Dollars_that_a_gateway_names_by_the_coins_code_are_told_as_dollars()
    {
        _shop.Payments.Change(payment => payment.AmountUnit = "USD");
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed) with { Received = new Money(150m, "USDT") };
        await _shop.SynchronizeAsync();

        var payment = _shop.Payments.Single;
        Assert.That((payment.QuotedForDisplay, payment.Received, payment.Surplus), Is.EqualTo((new Money(100m, "USD"), (Money?)new Money(150m, "USD"), (Money?)new Money(50m, "USD"))));
        Assert.That(_shop.Notes.Single().Note, Does.StartWith("Overpaid ref 100 USD "));
    }

    [Test]
    public async Task A_payment_whose_provider_fails_backs_off_with_its_webhooks_and_is_settled_when_it_answers()
    {
        _shop.Gateway.Answer = () => throw new GatewayException(GatewayFault.ServerError, "answered 500");
        _shop.Payments.Change(payment => payment.Status = Canceled);
        _shop.Events.Insert(new PaymentEvent { PaymentId = 1, EventKey = "one", Kind = PaymentEventKind.Webhook, CreatedOnUtc = _shop.Time.Now });
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            await _shop.SynchronizeAsync(onlyIfDue: true);
            await _shop.SynchronizeAsync(onlyIfDue: true);
            Assert.That(_shop.Gateway.Questions, Is.EqualTo(i + 1));
            pauses.Add(_shop.Payments.Single.NextCheckOnUtc!.Value - _shop.Time.Now);
            _shop.Time.Now = _shop.Payments.Single.NextCheckOnUtc!.Value;
        }
        Assert.That(pauses.Take(7), Is.Ordered);
        Assert.That(pauses, Is.All.InRange(TimeSpan.FromSeconds(30), CheckSchedule.MaxBackoff * 1.2));
        Assert.That((_shop.Payments.Single.FailedChecks, _shop.Events.All.Count(row => row is { Kind: PaymentEventKind.Webhook, ProcessedOnUtc: null })), Is.EqualTo((8, 1)));

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(onlyIfDue: true);
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.FailedChecks, _shop.Marks), Is.EqualTo((Paid, 0, 1)));
    }

    [Test]
    public async Task A_new_webhook_is_acted_on_although_the_payment_backs_off()
    {
        _shop.Gateway.Answer = () => throw new GatewayException(GatewayFault.ServerError, "answered 500");
        for (var i = 0; i < 5; i++)
        {
            await _shop.SynchronizeAsync(onlyIfDue: true);
            _shop.Time.Now = _shop.Payments.Single.NextCheckOnUtc!.Value.AddSeconds(i == 4 ? -1 : 0);
        }

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        _shop.Events.Insert(new PaymentEvent { PaymentId = 1, EventKey = "one", Kind = PaymentEventKind.Webhook, CreatedOnUtc = _shop.Time.Now });
        await _shop.SynchronizeAsync(onlyIfDue: true);

        Assert.That((_shop.Payments.Single.Status, _shop.Marks), Is.EqualTo((Paid, 1)));
    }

    [TestCase(GatewayFault.NotCalled, false)]
    [TestCase(GatewayFault.Timeout, true)]
    public async Task A_check_that_was_cut_short_counts_as_no_failure_and_leaves_the_payment_due(GatewayFault fault, bool isCallersTimeUp)
    {
        using var caller = new CancellationTokenSource();
        _shop.Events.Insert(new PaymentEvent { PaymentId = 1, EventKey = "one", Kind = PaymentEventKind.Webhook, CreatedOnUtc = _shop.Time.Now });
        _shop.Gateway.Answer = () =>
        {
            if (isCallersTimeUp)
                caller.Cancel();
            throw new GatewayException(fault, "no answer");
        };
        await _shop.Synchronizer.SynchronizeAsync(1, SynchronizationSource.Webhook, TimeSpan.Zero, onlyIfDue: true, caller.Token);
        Assert.That((_shop.Gateway.Questions, _shop.Payments.Single.FailedChecks, _shop.Payments.Single.Checks), Is.EqualTo((1, 0, 0)));

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(onlyIfDue: true);
        Assert.That((_shop.Payments.Single.Status, _shop.Marks), Is.EqualTo((Paid, 1)));
    }

    [Test]
    public async Task Of_two_attempts_that_were_both_paid_one_pays_the_order()
    {
        _shop.Payments.Insert(_shop.Attempt(2));
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);

        await _shop.SynchronizeAsync(2);
        await _shop.SynchronizeAsync(1);

        Assert.That((_shop.Marks, string.Join(' ', _shop.Payments.All.Select(payment => payment.Status))), Is.EqualTo((1, "PaidLate Paid")));
        Assert.That(_shop.Notes[^1].Note, Does.StartWith("PaidTwice ref "));
    }

    [Test]
    public async Task A_mail_to_the_owner_that_cannot_be_made_does_not_hold_up_what_it_tells()
    {
        _shop.QueueFails = true;
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Disputed);

        await _shop.SynchronizeAsync();

        Assert.That((_shop.Payments.Single.Status, _shop.Mails.Count, _shop.Notes.Count), Is.EqualTo((Disputed, 0, 1)));
    }

    [Test]
    public async Task An_orphan_attempt_that_expires_after_another_attempt_was_paid_leaves_the_order_paid()
    {
        _shop.Settings.CancelUnpaidAfterHours = 1;
        _shop.Payments.Insert(_shop.Attempt(2));
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(2);

        _shop.Time.Now += TimeSpan.FromDays(1);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Expired);
        await _shop.SynchronizeAsync(1);

        Assert.That((_shop.Marks, _shop.Orders.Single.PaymentStatus, _shop.Orders.Single.OrderStatus), Is.EqualTo((1, PaymentStatus.Paid, OrderStatus.Pending)));
        Assert.That(string.Join(' ', _shop.Payments.All.Select(payment => payment.Status)), Is.EqualTo("Expired Paid"));
    }

    [Test]
    public async Task A_part_has_no_time_to_paid_until_the_rest_came()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Underpaid) with { Received = new Money(60m, "USDT") };
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.PaidOnUtc, _shop.Payments.Single.SecondsToPaid), Is.EqualTo((Underpaid, (DateTime?)_shop.Time.Now, (int?)null)));

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.SecondsToPaid), Is.EqualTo((Paid, (int?)(_shop.Time.Now - _shop.Payments.Single.CreatedOnUtc).TotalSeconds)));
    }

    [Test]
    public async Task Money_that_arrives_in_parts_is_seen_before_the_payment_is_settled()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Waiting) with { Received = new Money(0m, "USDT") };
        await _shop.SynchronizeAsync();
        Assert.That(_shop.Payments.Single.ReceivedAmount, Is.Null);

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Waiting) with { Received = new Money(40m, "USDT") };
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.ReceivedAmount, _shop.Payments.Single.PaidOnUtc), Is.EqualTo((AwaitingPayment, 40m, (DateTime?)null)));

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.ReceivedAmount), Is.EqualTo((Paid, 100m)));
    }

    [Test]
    public async Task A_new_payment_with_the_id_of_another_is_given_up_and_the_shopper_can_try_again()
    {
        _shop.Payments.Change(payment => payment.Status = Expired);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Expired);
        _shop.Gateway.NextId = "id";
        var option = new PaymentOption(_shop.Gateway.Descriptor, _shop.Gateway.Descriptor.Coins[0], new Money(92m, "EUR"), new Money(100m, "USDT"));

        var clash = await _shop.Starter.StartAsync(1, option);

        var held = _shop.Payments.All[1];
        Assert.That((clash.Outcome, held.Status, held.KnownExternalId, held.CheckoutUrl), Is.EqualTo((StartOutcome.ProviderFailed, Failed, (string?)null, (string?)null)));
        Assert.That((_shop.Mails.Single(), _shop.Notes.Count), Is.EqualTo(($"IdClash {held.Reference} 100 USDT -", 1)));

        _shop.Gateway.NextId = "id3";
        Assert.That((await _shop.Starter.StartAsync(1, option)).Outcome, Is.EqualTo(StartOutcome.Redirect));
    }

    [Test]
    public async Task What_needs_a_person_is_mailed_to_the_owner_once()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed, Relation.ShortByACent);
        await _shop.SynchronizeAsync();
        await _shop.SynchronizeAsync();

        Assert.That(_shop.Mails, Is.EqualTo(new[] { "Contradiction ref 100 USDT id" }));
        Assert.That(_shop.Notes.Select(note => note.Note), Is.EqualTo(_shop.Mails));
    }

    [Test]
    public async Task A_payment_as_quoted_is_not_worth_a_mail()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();

        Assert.That(_shop.Mails, Is.Empty);
    }

    [Test]
    public async Task An_order_that_nobody_paid_in_time_is_cancelled_once_and_late_money_is_told()
    {
        _shop.Settings.CancelUnpaidAfterHours = 1;
        _shop.Time.Now += TimeSpan.FromHours(1.1);
        await _shop.SynchronizeAsync();
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Orders.Single.OrderStatusId, _shop.Payments.Single.Status), Is.EqualTo(((int)OrderStatus.Cancelled, AwaitingPayment)));

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();

        Assert.That(_shop.Notes.Select(note => note.Note), Is.EqualTo(new[] { "OrderCancelled ref 100 USDT id", "PaidAfterCancel ref 100 USDT id" }));
        Assert.That((_shop.Marks, _shop.Payments.Single.Status, _shop.Mails.Count), Is.EqualTo((0, PaidLate, 1)));
    }

    [Test]
    public async Task An_order_is_not_cancelled_while_a_newer_attempt_can_pay_it()
    {
        _shop.Settings.CancelUnpaidAfterHours = 1;
        _shop.Payments.Insert(_shop.Attempt(2));
        _shop.Time.Now += TimeSpan.FromHours(1.1);
        await _shop.SynchronizeAsync(1);

        Assert.That(_shop.Orders.Single.OrderStatusId, Is.EqualTo((int)OrderStatus.Pending));
    }

    [Test]
    public async Task A_crash_between_the_claim_and_the_order_is_finished_by_the_next_look()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        _shop.Crash = Crash.BeforeTheOrderIsSaved;
        Assert.ThrowsAsync<InvalidOperationException>(() => _shop.SynchronizeAsync());
        _shop.Crash = Crash.None;

        await _shop.SynchronizeAsync();

        Assert.That((_shop.Payments.Single.Status, _shop.Orders.Single.PaymentStatusId, _shop.Notes.Count), Is.EqualTo((Paid, (int)PaymentStatus.Paid, 1)));
    }

    [Test]
    public async Task A_crash_between_the_order_and_its_event_is_told_and_the_order_not_marked_again()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        _shop.Crash = Crash.BeforeTheEvent;
        Assert.ThrowsAsync<InvalidOperationException>(() => _shop.SynchronizeAsync());
        _shop.Crash = Crash.None;

        await _shop.SynchronizeAsync();
        Assert.That(_shop.Notes, Is.Empty, "the platform may still be at work");
        _shop.Time.Now += PaymentDecision.PaidEventGrace;
        await _shop.SynchronizeAsync();

        Assert.That((_shop.Marks, _shop.Payments.Single.Status, _shop.Notes.Single().Note), Is.EqualTo((1, Paid, "PaidEventMissing ref 100 USDT id")));
    }

    [Test]
    public async Task A_contradiction_is_still_one_at_the_next_look(
        [Values(Relation.ShortByACent, Relation.OverByACent, Relation.OtherCurrency, Relation.OtherId, Relation.OtherReference)] Relation relation)
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed, relation);
        for (var i = 0; i < 3; i++)
            await _shop.SynchronizeAsync();

        Assert.That((_shop.Marks, _shop.Payments.Single.Status, _shop.Payments.Single.ExternalId, _shop.Notes.Count), Is.EqualTo((0, Disputed, "id", 1)));
    }

    [Test]
    public async Task An_id_that_was_never_received_is_learnt_from_the_provider()
    {
        _shop.Payments.Change(payment => payment.ExternalId = "~ref");
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed) with { ExternalId = "learnt" };

        await _shop.SynchronizeAsync();

        Assert.That((_shop.Marks, _shop.Payments.Single.ExternalId), Is.EqualTo((1, "learnt")));
    }

    [Test]
    public async Task A_webhook_waits_for_a_check_at_which_the_provider_answers()
    {
        _shop.Events.Insert(new PaymentEvent { EventKey = "talkative:e1", PaymentId = 1, Kind = PaymentEventKind.Webhook, StatedAmount = 100m, StatedCurrency = "USDT", StatedExternalId = "id" });
        _shop.Payments.Change(payment => payment.NextCheckOnUtc = null);
        _shop.Gateway.Answer = () => throw new GatewayException(GatewayFault.Timeout, "no answer in time");
        await _shop.SynchronizeAsync(onlyIfDue: true);

        Assert.That((_shop.Payments.Single.Status, _shop.Events.Single.ProcessedOnUtc), Is.EqualTo((AwaitingPayment, (DateTime?)null)));

        _shop.Time.Now = _shop.Payments.Single.NextCheckOnUtc!.Value;
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(onlyIfDue: true);

        Assert.That((_shop.Marks, _shop.Events.All.Any(row => row.ProcessedOnUtc is null)), Is.EqualTo((1, false)));
    }

    [Test]
    public async Task What_is_not_due_is_left_alone()
    {
        _shop.Payments.Change(payment => payment.NextCheckOnUtc = _shop.Time.Now.AddSeconds(1));

        Assert.That(await _shop.SynchronizeAsync(onlyIfDue: true), Is.True);
        Assert.That((_shop.Gateway.Questions, _shop.Payments.Single.Checks), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Who_holds_the_lease_is_not_disturbed_until_it_expired()
    {
        _shop.Leases.Insert(new Lease { Resource = "order-1", Owner = "another node", ExpiresOnUtc = _shop.Time.Now.AddSeconds(1) });

        Assert.That((await _shop.SynchronizeAsync(), _shop.Gateway.Questions), Is.EqualTo((false, 0)));

        _shop.Time.Now += TimeSpan.FromSeconds(1);
        Assert.That((await _shop.SynchronizeAsync(), _shop.Gateway.Questions), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task Who_lost_the_lease_while_the_provider_was_slow_writes_nothing()
    {
        _shop.Gateway.Answer = () =>
        {
            _shop.Leases.Change(lease => lease.Owner = "another node");
            return Facts.Answer(ProviderStatus.Completed);
        };

        await _shop.SynchronizeAsync();

        Assert.That((_shop.Marks, _shop.Payments.Single.Status, _shop.Payments.Single.Checks), Is.EqualTo((0, AwaitingPayment, 0)));
    }

    [Test]
    public async Task The_lease_is_given_back_whatever_happens()
    {
        _shop.Payments.OnWrite = () => throw new InvalidOperationException("a fault of ours");

        Assert.ThrowsAsync<InvalidOperationException>(() => _shop.SynchronizeAsync());
        Assert.That(_shop.Leases.All, Is.Empty);
        Assert.That(await _shop.SynchronizeAsync(paymentId: 99), Is.False);
    }

    [Test]
    public async Task The_provider_is_asked_again_as_the_schedule_says()
    {
        await _shop.SynchronizeAsync();
        Assert.That(_shop.Payments.Single.NextCheckOnUtc, Is.InRange(_shop.Time.Now.AddSeconds(30), _shop.Time.Now.AddSeconds(36)));

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();
        Assert.That(_shop.Payments.Single.NextCheckOnUtc, Is.Null);
    }
}
