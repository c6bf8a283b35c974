using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using static CryptoGateways.Tests.Gateways.CoolPay.Document;

namespace CryptoGateways.Tests.Gateways.CoolPay;

/// <summary>
/// Capture, refund and cancel.
/// </summary>
public sealed class CoolPayOperationTests : CoolPayFixture
{
    private static readonly string[] _types = ["capture", "refund", "cancel"];

    [TestCase("capture", """{"amount":1000}""")]
    [TestCase("refund", """{"amount":1000}""")]
    [TestCase("cancel", "")]
    public async Task An_operation_waits_for_its_end_and_names_the_callback_address_in_both_spellings(string type, string body)
    {
        var result = await OperateAsync(type, "20000");

        var request = Provider.Requests.Single();
        Assert.That(result, Is.EqualTo(OperationResult.Done));
        Assert.That((request.Method, request.Target, request.Body), Is.EqualTo(("POST", $"/payments/{Id}/{type}?synchronized", body)));
        Assert.That((request.Headers["CoolPay-Callback-Url"], request.Headers["QuickPay-Callback-Url"]), Is.EqualTo((WebhookUrl.AbsoluteUri, WebhookUrl.AbsoluteUri)));
        Assert.That((request.Headers["Authorization"], request.Headers["Accept-Version"]), Is.EqualTo((Authorization, "v10")));
    }

    [Test]
    public async Task What_is_not_done_yet_is_accepted([ValueSource(nameof(_types))] string type) =>
        Assert.That(await OperateAsync(type, code: null, status: 202), Is.EqualTo(OperationResult.Accepted));

    [Test]
    public async Task A_declined_operation_is_no_success_though_it_is_answered_with_one([ValueSource(nameof(_types))] string type, [Values("40000", "40002", "50000", "200000")] string code)
    {
        var exception = await FaultAsync(() => OperateAsync(type, code));

        Assert.That((exception.Fault, exception.Message), Is.EqualTo((GatewayFault.Refused, $"{type} declined: {code} Rejected by acquirer")));
    }

    [Test]
    public async Task The_reason_of_a_decline_is_cleaned()
    {
        var exception = await FaultAsync(() => OperateAsync("capture", "40000", change: text => text.Replace("Rejected by acquirer", "<b>Sam</b> sam@example.com 4242424242424242424242424242")));

        Assert.That(exception.Message, Does.StartWith("capture declined: 40000").And.Not.Contain("@").And.Not.Contain("4242").And.Not.Contain("<"));
    }

    [Test]
    public async Task A_code_under_the_other_prefix_counts() =>
        Assert.That(await OperateAsync("capture", "20000", change: text => text.Replace("qp_status", "cp_status")), Is.EqualTo(OperationResult.Done));

    [TestCase("\"20000\"", "null")]
    [TestCase("\"capture\"", "\"authorize\"")]
    [TestCase("\"type\":\"capture\",\"amount\":1000", "\"type\":\"capture\",\"amount\":999")]
    [TestCase("\"1001\"", "\"1002\"")]
    public async Task An_answer_that_does_not_show_the_operation_says_nothing(string documented, string instead)
    {
        var exception = await FaultAsync(() => OperateAsync("capture", "20000", change: text => text.Replace(documented, instead)));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.BadAnswer, false)));
    }

    [Test]
    public async Task The_newest_try_counts_wherever_it_stands()
    {
        var payment = Payment("new", Operation("authorize", 1000), Operation("capture", 1000), Operation("capture", 1000, "40000"));
        (payment["operations"]![1]!["id"], payment["operations"]![2]!["id"]) = (3, 2);
        Provider.Answer = Answers.Json(payment.ToJsonString());

        Assert.That(await Gateway.CaptureAsync(Request(10m), Settings(), default), Is.EqualTo(OperationResult.Done));
    }

    [TestCase(400, GatewayFault.Refused, true)]
    [TestCase(404, GatewayFault.Refused, true)]
    [TestCase(500, GatewayFault.ServerError, false)]
    public async Task An_error_is_told_and_not_tried_again(int status, GatewayFault fault, bool nothingHappened)
    {
        Provider.Answer = Answers.Json("""{"message":"Transaction in wrong state for this operation"}""", status);

        var exception = await FaultAsync(() => Gateway.RefundAsync(Request(10m), Settings(), default));

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((fault, nothingHappened, 1)));
        Assert.That(exception.Message, Does.Contain("wrong state"));
    }

    [Test]
    public async Task A_part_is_refunded_to_the_cent()
    {
        Provider.Answer = Answers.Json(Payment("processed", Operation("authorize", 1000), Operation("capture", 1000), Operation("refund", 335)).ToJsonString());

        Assert.That(await Gateway.RefundAsync(Request(3.35m), Settings(), default), Is.EqualTo(OperationResult.Done));
        Assert.That(Provider.Requests.Single().Body, Is.EqualTo("""{"amount":335}"""));
    }

    [TestCase("3.355")]
    [TestCase("0")]
    public async Task What_has_no_smallest_units_is_not_asked(string amount)
    {
        var exception = await FaultAsync(() => Gateway.RefundAsync(Request(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)), Settings(), default));

        Assert.That((exception.Fault, Provider.Requests.Count), Is.EqualTo((GatewayFault.Refused, 0)));
    }

    [Test]
    public async Task A_payment_whose_id_was_lost_is_found_first()
    {
        var payment = Payment("processed", Operation("authorize", 1000), Operation("capture", 1000)).ToJsonString();
        Provider.Answer = Answers.InTurn(Answers.Json($"[{payment}]"), Answers.Json(payment));

        var request = Request(10m);
        await Gateway.CaptureAsync(request with { Payment = request.Payment with { ExternalId = null } }, Settings(), default);

        Assert.That(Provider.Requests.Select(sent => sent.Target), Is.EqualTo(new[] { "/payments?order_id=1001", $"/payments/{Id}/capture?synchronized" }));
    }

    private async Task<OperationResult> OperateAsync(string type, string? code, int status = 200, Func<string, string>? change = null)
    {
        var before = new[] { Operation("authorize", 1000) }.Concat(type == "refund" ? [Operation("capture", 1000)] : []);
        var answer = Payment("processed", [.. before, Operation(type, type == "cancel" ? null : 1000, code)]).ToJsonString();
        var changed = change?.Invoke(answer) ?? answer;
        Assert.That(change is null || changed != answer, "the change changes something");
        Provider.Answer = Answers.Json(changed, status);
        return await (type switch
        {
            "capture" => Gateway.CaptureAsync(Request(10m), Settings(), default),
            "refund" => Gateway.RefundAsync(Request(10m), Settings(), default),
            _ => Gateway.VoidAsync(Request(10m), Settings(), default)
        });
    }

    private static OperationRequest Request(decimal amount) => new(Handle, new Money(amount, "DKK"), WebhookUrl);
}
