using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Capture, void and refund from the order's page.
/// </summary>
public sealed class PaymentOperationsTests
{
    private OperatingGateway _gateway = null!;
    private Shop _shop = null!;
    private OrderPage _page = null!;

    [SetUp]
    public void OpenShop()
    {
        _gateway = new OperatingGateway();
        _shop = new Shop(_gateway);
        _page = new OrderPage(_shop);
    }

    [TestCase("capture", "capture 100 USDT", PaymentStatus.Paid, ProviderStatus.Completed, Paid)]
    [TestCase("void", "void 100 USDT", PaymentStatus.Voided, ProviderStatus.Canceled, Canceled)]
    [TestCase("refund", "refund 100 USDT", PaymentStatus.Refunded, ProviderStatus.Refunded, Refunded)]
    [TestCase("refund part", "refund 25 USDT", PaymentStatus.PartiallyRefunded, ProviderStatus.PartiallyRefunded, PartiallyRefunded)]
    public async Task What_is_done_is_done_once_and_followed_by_the_next_look(string what, string call, PaymentStatus order, ProviderStatus provider, CryptoPaymentStatus then)
    {
        await StandsForAsync(what);
        Assert.That(await DoAsync(what), Is.Empty);
        Assert.That((string.Join(", ", _gateway.Calls), _page.Read().PaymentStatus), Is.EqualTo((call, order)));

        await LookAfterTheGraceAsync(provider);

        Assert.That((_shop.Payments.Single.Status, _page.Read().PaymentStatus, _gateway.Calls.Count), Is.EqualTo((then, order, 1)));
        Assert.That(_shop.Mails, Is.Empty);
    }

    [Test]
    public async Task A_captured_order_is_announced_as_paid_once_by_the_platform()
    {
        await AuthorizeAsync();
        await _page.CaptureAsync();
        await LookAfterTheGraceAsync(ProviderStatus.Completed);
        await LookAfterTheGraceAsync(ProviderStatus.Completed);

        Assert.That((_page.PaidEvents, _shop.Marks, _page.Read().CaptureTransactionId), Is.EqualTo((1, 0, "id")));
        Assert.That(_shop.Notes.Select(note => note.Note), Is.EqualTo(new[] { "Authorized ref 100 USDT id", "Paid ref 100 USDT id" }));
    }

    [TestCase("capture", "Authorized > Paid", Paid)]
    [TestCase("void", "Authorized > Canceled", Canceled)]
    [TestCase("refund", "Paid > Refunded", Refunded)]
    [TestCase("refund part", "Paid > PartiallyRefunded", PartiallyRefunded)]
    public async Task What_was_done_is_written_on_the_payment_at_once_and_the_next_look_changes_nothing(string what, string move, CryptoPaymentStatus status)
    {
        await StandsForAsync(what);
        _shop.Time.Now += TimeSpan.FromMinutes(1);
        await DoAsync(what);

        var payment = _shop.Payments.Single;
        Assert.That((payment.Status, _shop.Events.All.Last(row => row.Kind == PaymentEventKind.StatusChange).Name), Is.EqualTo((status, move)));
        var (notes, mails) = (_shop.Notes.Select(note => note.Note).ToList(), _shop.ShopperNotifications.Select(mail => mail.Template).ToList());

        await LookAfterTheGraceAsync(what switch { "capture" => ProviderStatus.Completed, "void" => ProviderStatus.Canceled, "refund" => ProviderStatus.Refunded, _ => ProviderStatus.PartiallyRefunded });

        Assert.That(_shop.Payments.Single.Status, Is.EqualTo(status));
        Assert.That((_shop.Notes.Select(note => note.Note), _shop.ShopperNotifications.Select(mail => mail.Template)), Is.EqualTo((notes, mails)));
    }

    [Test]
    public async Task A_captured_payment_has_its_amount_and_time_and_the_shopper_is_told_at_once()
    {
        await AuthorizeAsync();
        _shop.Time.Now += TimeSpan.FromMinutes(1);
        await _page.CaptureAsync();

        var payment = _shop.Payments.Single;
        Assert.That((payment.Received, payment.PaidOnUtc, payment.SecondsToPaid), Is.EqualTo((new Money(100m, "USDT"), _shop.Time.Now, 60)));
        Assert.That(_shop.Notes[^1].Note, Is.EqualTo("Paid ref 100 USDT id"));
        Assert.That(_shop.ShopperNotifications.Select(mail => mail.Template), Is.EqualTo(new[] { "CryptoGateways.Paid.CustomerNotification" }));
    }

    [Test]
    public async Task What_was_just_captured_can_be_sent_back_at_once_in_parts()
    {
        await AuthorizeAsync();
        Assert.That(await _page.CaptureAsync(), Is.Empty);
        Assert.That(await _page.RefundAsync(30m), Is.Empty);
        Assert.That(_shop.Payments.Single.Status, Is.EqualTo(PartiallyRefunded));
        Assert.That(await _page.RefundAsync(62m), Is.Empty);

        Assert.That((_shop.Payments.Single.Status, _page.Read().PaymentStatus), Is.EqualTo((Refunded, PaymentStatus.Refunded)));
        Assert.That(_gateway.Calls, Is.EqualTo(new[] { "capture 100 USDT", "refund 32.61 USDT", "refund 67.39 USDT" }));
    }

    [Test]
    public async Task What_a_paused_process_could_not_write_after_a_capture_is_written_by_the_next_look()
    {
        await AuthorizeAsync();
        _page.BeforeTheEvent = () => _shop.Payments.OnRead = () => _shop.Leases.Repository.DeleteAsync(lease => true);
        await _page.CaptureAsync();
        Assert.That((_shop.Payments.Single.Status, _page.Read().PaymentStatus), Is.EqualTo((Authorized, PaymentStatus.Paid)));

        _shop.Payments.OnRead = () => { };
        await LookAfterTheGraceAsync(ProviderStatus.Completed);
        Assert.That((_shop.Payments.Single.Status, _shop.Mails.Count, _shop.Marks), Is.EqualTo((Paid, 0, 0)));
    }

    [TestCase("capture")]
    [TestCase("void")]
    [TestCase("refund")]
    [TestCase("refund part")]
    public async Task What_is_not_done_is_told_and_changes_nothing_and_can_be_tried_again_at_once(string what)
    {
        await StandsForAsync(what);
        var (payment, order) = (_shop.Payments.Single.Status, _page.Read().PaymentStatus);
        var answers = new Queue<Func<Task<OperationResult>>>(
        [
            () => Task.FromResult(OperationResult.Accepted),
            () => throw new GatewayException(GatewayFault.Refused, "too late"),
            () => throw new GatewayException(GatewayFault.Timeout, "no answer in time")
        ]);
        _gateway.Operate = () => answers.Dequeue()();

        Assert.That(new[] { await DoAsync(what), await DoAsync(what), await DoAsync(what) }, Is.EqualTo(new[] { "Accepted -", "Declined too late", "Unknown no answer in time" }));
        Assert.That((_shop.Payments.Single.Status, _page.Read().PaymentStatus, _page.Read().RefundedAmount, _page.PaidEvents), Is.EqualTo((payment, order, 0m, 0)));
        Assert.That(_shop.Leases.All, Is.Empty);
    }

    [TestCase(OperationResult.Accepted)]
    [TestCase(null)]
    public async Task A_capture_that_is_done_later_pays_the_order_at_the_next_run(OperationResult? answer)
    {
        await AuthorizeAsync();
        _gateway.Operate = () => answer is { } result ? Task.FromResult(result) : throw new GatewayException(GatewayFault.Timeout, "no answer in time");
        await _page.CaptureAsync();

        _gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(onlyIfDue: true);

        Assert.That((_shop.Marks, _page.PaidEvents, _shop.Payments.Single.Status), Is.EqualTo((1, 0, Paid)));
    }

    [Test]
    public async Task A_refund_that_was_done_without_an_answer_is_told_to_the_owner()
    {
        await PayAsync();
        _gateway.Operate = () => throw new GatewayException(GatewayFault.Timeout, "no answer in time");
        await _page.RefundAsync();

        _gateway.Answer = () => Facts.Answer(ProviderStatus.Refunded);
        await _shop.SynchronizeAsync(onlyIfDue: true);

        Assert.That((_shop.Payments.Single.Status, _page.Read().PaymentStatus, string.Join(", ", _shop.Mails)), Is.EqualTo((Refunded, PaymentStatus.Paid, "Refunded ref 100 USDT id")));
    }

    [TestCase(OperationResult.Accepted)]
    [TestCase(null)]
    public async Task A_refund_that_is_confirmed_days_later_is_noticed_though_no_message_tells(OperationResult? answer)
    {
        await PayAsync();
        _gateway.Operate = () => answer is { } result ? Task.FromResult(result) : throw new GatewayException(GatewayFault.Timeout, "no answer in time");
        await _page.RefundAsync();

        var looks = new List<TimeSpan>();
        for (var asked = _shop.Time.Now; _shop.Payments.Single.NextCheckOnUtc is { } next && next - asked < TimeSpan.FromDays(3); looks.Add(next - asked))
        {
            _shop.Time.Now = next;
            await _shop.SynchronizeAsync(onlyIfDue: true);
        }
        Assert.That(looks, Has.Count.InRange(50, 250), "often at first, seldom later");

        _gateway.Answer = () => Facts.Answer(ProviderStatus.Refunded);
        _shop.Time.Now = _shop.Payments.Single.NextCheckOnUtc!.Value;
        await _shop.SynchronizeAsync(onlyIfDue: true);

        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.NextCheckOnUtc, string.Join(", ", _shop.Mails)), Is.EqualTo((Refunded, (DateTime?)null, "Refunded ref 100 USDT id")));
    }

    [Test]
    public async Task A_refund_that_is_never_confirmed_is_waited_for_as_long_as_late_money()
    {
        await PayAsync();
        _gateway.Operate = () => Task.FromResult(OperationResult.Accepted);
        await _page.RefundAsync();

        _shop.Time.Now += TimeSpan.FromDays(_shop.Settings.WatchDays + 1);
        await _shop.SynchronizeAsync(onlyIfDue: true);

        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.NextCheckOnUtc), Is.EqualTo((Paid, (DateTime?)null)));
    }

    [Test]
    public async Task A_refund_that_was_declined_is_not_waited_for()
    {
        await PayAsync();
        _gateway.Operate = () => throw new GatewayException(GatewayFault.Refused, "too late");
        await _page.RefundAsync();
        await _shop.SynchronizeAsync(onlyIfDue: true);

        Assert.That(_shop.Payments.Single.NextCheckOnUtc, Is.Null);
    }

    [TestCase("capture")]
    [TestCase("void")]
    [TestCase("refund")]
    public async Task A_provider_that_does_not_offer_it_is_told_of_in_a_sentence(string what)
    {
        _shop = new Shop();
        _page = new OrderPage(_shop);
        await StandsForAsync(what);

        Assert.That(await DoAsync(what), Is.EqualTo("NotSupported -"));
        Assert.That((_shop.Method.SupportCapture, _shop.Method.SupportVoid, _shop.Method.SupportRefund, _shop.Method.SupportPartiallyRefund), Is.EqualTo((false, false, false, false)));
    }

    [Test]
    public async Task Only_reserved_money_is_captured_or_voided_and_only_money_that_came_is_sent_back([Values] CryptoPaymentStatus status)
    {
        _shop.Payments.Change(payment => payment.Status = status);
        foreach (var (what, possible) in new[]
        {
            ("capture", status == Authorized),
            ("void", status == Authorized),
            ("refund", StatusTransitions.IsSettled(status) || status == PartiallyRefunded)
        })
        {
            _gateway.Operate = () => throw new GatewayException(GatewayFault.Refused, "no");
            Assert.That(await DoAsync(what), Is.EqualTo(possible ? "Declined no" : "NoPayment -"), what);
        }
    }

    [Test]
    public async Task More_than_the_payment_was_for_is_neither_captured_nor_sent_back()
    {
        await AuthorizeAsync();
        _shop.Orders.Change(order => order.OrderTotal = 92.01m);
        Assert.That(await _page.CaptureAsync(), Is.EqualTo("TooMuch -"));

        await PayAsync();
        Assert.That(await _page.RefundAsync(92.01m), Is.EqualTo("TooMuch -"));
        Assert.That(_gateway.Calls, Is.Empty);
    }

    [Test]
    public async Task A_lower_total_is_captured_and_pays_the_order()
    {
        await AuthorizeAsync();
        _shop.Orders.Change(order => order.OrderTotal = 46.01m);
        await _page.CaptureAsync();
        Assert.That(_gateway.Calls.Single(), Is.EqualTo("capture 50.02 USDT"), "rounded up");

        await LookAfterTheGraceAsync(() => Facts.Answer(ProviderStatus.Completed) with { Received = new Money(50.02m, "USDT") });

        Assert.That((_shop.Payments.Single.Status, _shop.Mails.Count), Is.EqualTo((Paid, 0)));
    }

    [Test]
    public async Task Parts_add_up_to_the_whole_and_not_more_is_sent_back()
    {
        await PayAsync();
        foreach (var part in new[] { 30m, 31m, 31m })
            Assert.That(await _page.RefundAsync(part), Is.Empty);

        Assert.That(_gateway.Calls, Is.EqualTo(new[] { "refund 32.61 USDT", "refund 33.7 USDT", "refund 33.69 USDT" }), "30/92, 61/92 and 92/92 of 100");
        Assert.That((_page.Read().RefundedAmount, _page.Read().PaymentStatus), Is.EqualTo((92m, PaymentStatus.Refunded)));
        Assert.That(await _page.RefundAsync(0.01m), Is.EqualTo("NoPayment -"));
    }

    [Test]
    public async Task A_refund_that_failed_does_not_count([Values(GatewayFault.Refused, GatewayFault.Timeout)] GatewayFault fault)
    {
        await PayAsync();
        _gateway.Operate = () => throw new GatewayException(fault, "no");
        await _page.RefundAsync(60m);
        _gateway.Operate = () => Task.FromResult(OperationResult.Done);

        Assert.That(await _page.RefundAsync(60m), Is.Empty);
        Assert.That(await _page.RefundAsync(60m), Is.EqualTo("TooMuch -"));
    }

    [Test]
    public async Task Of_two_owners_who_opened_the_page_at_once_the_second_is_refused()
    {
        await PayAsync();
        var (first, second) = (_page.Read(), _page.Read());

        Assert.That(await _page.RefundAsync(30m, first), Is.Empty);
        Assert.That(await _page.RefundAsync(30m, second), Is.EqualTo("Busy -"));
        Assert.That((_gateway.Calls.Count, _page.Read().RefundedAmount), Is.EqualTo((1, 30m)));
    }

    [Test]
    public async Task An_order_that_was_cancelled_since_the_page_was_read_is_not_captured()
    {
        await AuthorizeAsync();
        var read = _page.Read();
        _shop.Orders.Change(order => order.OrderStatus = OrderStatus.Cancelled);

        Assert.That((await _page.CaptureAsync(read), _gateway.Calls.Count), Is.EqualTo(("Busy -", 0)));
    }

    [Test]
    public async Task While_an_operation_is_at_the_provider_no_other_begins()
    {
        await AuthorizeAsync();
        var answer = new TaskCompletionSource<OperationResult>();
        _gateway.Operate = () => answer.Task;
        var first = _page.CaptureAsync();
        // Who waits for the lease waits with the shop's clock; who had it for 55 s is taken for dead.
        _shop.Time.Now += OrderLock.Lifetime;
        Assert.That(await _page.VoidAsync(), Is.EqualTo("Busy -"));
        answer.SetResult(OperationResult.Done);

        Assert.That((await first, string.Join(", ", _gateway.Calls)), Is.EqualTo(("", "capture 100 USDT")));
    }

    [Test]
    public async Task While_the_platform_may_still_write_webhooks_and_the_task_change_nothing([Values] bool webhook)
    {
        await AuthorizeAsync();
        _page.Crash = PageCrash.BeforeTheWrite;
        await _page.CaptureAsync();
        var questions = _gateway.Questions;
        if (webhook)
            _shop.Events.Insert(new PaymentEvent { EventKey = "talkative:e1", PaymentId = 1, Kind = PaymentEventKind.Webhook });
        _gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);

        _shop.Time.Now += PaymentEventService.OperationGrace - TimeSpan.FromSeconds(1);
        await _shop.SynchronizeAsync(onlyIfDue: !webhook);
        Assert.That((_gateway.Questions, _shop.Marks, _shop.Payments.Single.Status), Is.EqualTo((questions, 0, Authorized)));
        Assert.That(await _page.CaptureAsync(), Is.EqualTo("Busy -"));

        _shop.Time.Now += TimeSpan.FromSeconds(1);
        await _shop.SynchronizeAsync(onlyIfDue: true);
        Assert.That((_shop.Marks, _shop.Payments.Single.Status, _shop.Events.All.Any(row => row.ProcessedOnUtc is null)), Is.EqualTo((1, Paid, false)));
    }

    [Test]
    public async Task A_capture_after_which_the_platform_died_pays_the_order_exactly_once()
    {
        await AuthorizeAsync();
        _page.Crash = PageCrash.BeforeTheWrite;
        await _page.CaptureAsync();
        Assert.That(_page.Read().PaymentStatus, Is.EqualTo(PaymentStatus.Authorized));

        for (var look = 0; look < 3; look++)
            await LookAfterTheGraceAsync(ProviderStatus.Completed);

        Assert.That((_shop.Marks, _page.PaidEvents, _page.Read().PaymentStatus, _shop.Payments.Single.Status), Is.EqualTo((1, 0, PaymentStatus.Paid, Paid)));
        Assert.That(_shop.Mails, Is.Empty);
    }

    [Test]
    public async Task A_capture_that_was_saved_but_not_announced_is_told_to_the_owner()
    {
        await AuthorizeAsync();
        _page.Crash = PageCrash.BeforeTheEvent;
        await _page.CaptureAsync();

        await LookAfterTheGraceAsync(ProviderStatus.Completed);

        Assert.That((_shop.Marks, _shop.Payments.Single.Status, string.Join(", ", _shop.Mails)), Is.EqualTo((0, Paid, "PaidEventMissing ref 100 USDT id")));
    }

    [Test]
    public async Task A_capture_that_the_provider_never_got_can_be_made_again()
    {
        await AuthorizeAsync();
        DieIn(() => _page.CaptureAsync());
        await LookAfterTheGraceAsync(ProviderStatus.Authorized);

        _gateway.Operate = () => Task.FromResult(OperationResult.Done);
        Assert.That((await _page.CaptureAsync(), _page.PaidEvents), Is.EqualTo(("", 1)));
    }

    [Test]
    public async Task A_refund_after_which_the_platform_died_is_told_to_the_owner()
    {
        await PayAsync();
        _page.Crash = PageCrash.BeforeTheWrite;
        await _page.RefundAsync();
        Assert.That((_shop.Payments.Single.NextCheckOnUtc, _page.Read().PaymentStatus), Is.EqualTo((_shop.Time.Now + PaymentEventService.OperationGrace, PaymentStatus.Paid)));

        await LookAfterTheGraceAsync(ProviderStatus.Refunded);

        Assert.That((_shop.Payments.Single.Status, string.Join(", ", _shop.Mails)), Is.EqualTo((Refunded, "Refunded ref 100 USDT id")));
    }

    [Test]
    public async Task A_second_part_after_which_the_platform_died_is_told_to_the_owner_and_counts()
    {
        await PayAsync();
        await _page.RefundAsync(30m);
        await LookAfterTheGraceAsync(ProviderStatus.PartiallyRefunded);
        _page.Crash = PageCrash.BeforeTheWrite;
        await _page.RefundAsync(60m);
        Assert.That(_shop.Mails, Is.Empty);

        await LookAfterTheGraceAsync(ProviderStatus.PartiallyRefunded);

        Assert.That((_page.Read().RefundedAmount, string.Join(", ", _shop.Mails)), Is.EqualTo((30m, "Refunded ref 100 USDT id")));
        Assert.That((await _page.RefundAsync(60m), _gateway.Calls.Count), Is.EqualTo(("TooMuch -", 2)));
    }

    [Test]
    public async Task A_refund_that_the_provider_never_got_can_be_made_again()
    {
        await PayAsync();
        DieIn(() => _page.RefundAsync());
        await LookAfterTheGraceAsync(ProviderStatus.Completed);
        Assert.That(_shop.Mails, Is.Empty);

        _gateway.Operate = () => Task.FromResult(OperationResult.Done);
        Assert.That((await _page.RefundAsync(), _page.Read().PaymentStatus), Is.EqualTo(("", PaymentStatus.Refunded)));
    }

    [Test]
    public async Task After_a_crash_the_provider_is_asked_until_it_answers()
    {
        await PayAsync();
        _page.Crash = PageCrash.BeforeTheWrite;
        await _page.RefundAsync();
        await LookAfterTheGraceAsync(() => throw new GatewayException(GatewayFault.Unreachable, "no connection"));
        Assert.That(_shop.Mails, Is.Empty);

        await LookAfterTheGraceAsync(ProviderStatus.Refunded);

        Assert.That(_shop.Mails, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_void_after_which_the_platform_died_is_told_to_the_owner_so_that_nothing_is_shipped()
    {
        await AuthorizeAsync();
        _page.Crash = PageCrash.BeforeTheWrite;
        await _page.VoidAsync();

        await LookAfterTheGraceAsync(ProviderStatus.Canceled);

        Assert.That((_shop.Payments.Single.Status, string.Join(", ", _shop.Mails)), Is.EqualTo((Canceled, "AuthorizationReleased ref 100 USDT id")));
    }

    [Test]
    public async Task The_attempt_that_paid_is_sent_back_and_not_one_that_was_paid_by_mistake([Values] bool wasReturned)
    {
        await PayAsync();
        _shop.Payments.Insert(_shop.Attempt(2));
        _shop.Payments.Change(payment => payment.Status = payment.Attempt == 2 ? PaidLate : wasReturned ? Refunded : Paid);

        Assert.That(await _page.RefundAsync(), Is.EqualTo(wasReturned ? "NoPayment -" : ""));
        Assert.That(_shop.Events.All.Where(row => row.Kind == PaymentEventKind.Operation).Select(row => row.PaymentId), Is.EqualTo(wasReturned ? Array.Empty<int>() : [1]));
    }

    private Task<string> DoAsync(string what) => what switch
    {
        "capture" => _page.CaptureAsync(),
        "void" => _page.VoidAsync(),
        "refund" => _page.RefundAsync(),
        _ => _page.RefundAsync(23m)
    };

    /// <summary>Brings order and payment to where the operation is possible.</summary>
    private Task StandsForAsync(string what) => what is "capture" or "void" ? AuthorizeAsync() : PayAsync();

    private Task AuthorizeAsync()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Authorized);
        return _shop.SynchronizeAsync();
    }

    private async Task PayAsync()
    {
        _shop.Orders.Change(order => (order.OrderTotal, order.PaymentStatus) = (92m, PaymentStatus.Pending));
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();
        Assert.That(_page.Read().PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
    }

    private Task LookAfterTheGraceAsync(ProviderStatus status) => LookAfterTheGraceAsync(() => Facts.Answer(status));

    /// <summary>A run of the task when the grace time is over.</summary>
    /// <summary>The store dies while it waits for the provider, which never got the call: nothing is written after it.</summary>
    private void DieIn(Func<Task> operation)
    {
        _gateway.Operate = () =>
        {
            _shop.Events.OnWrite = () => throw new InvalidOperationException("killed");
            throw new GatewayException(GatewayFault.Unreachable, "no answer");
        };
        Assert.ThrowsAsync<InvalidOperationException>(() => operation());
        _shop.Events.OnWrite = () => { };
    }

    private async Task LookAfterTheGraceAsync(Func<ProviderPayment> answer)
    {
        _shop.Gateway.Answer = answer;
        _shop.Time.Now += PaymentEventService.OperationGrace;
        await _shop.SynchronizeAsync(onlyIfDue: true);
    }
}
