using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoolPay;

/// <summary>An entry of the payment's <c>operations[]</c>.</summary>
public sealed class Operation
{
    public required int Id { get; init; }

    /// <summary>authorize, capture, refund or cancel.</summary>
    public required string Type { get; init; }

    /// <summary>Minor units; null for cancel.</summary>
    public required decimal? Amount { get; init; }
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Where its callback goes; null: nowhere.</summary>
    public string? CallbackUrl { get; init; }
    public bool Pending { get; set; }

    /// <summary>Null while pending; 20000 is approved.</summary>
    public string? Code { get; set; }

    [JsonIgnore]
    public Delivery? Callback { get; set; }

    [JsonIgnore]
    public bool Approved => !Pending && Code == CoolPayProvider.ApprovedCode;
}

/// <summary>What <c>PUT /payments/{id}/link</c> set.</summary>
public sealed record PaymentLink(string Url, decimal Amount, bool AutoCapture, string? ContinueUrl, string? CancelUrl, string? CallbackUrl,
    string? Language, string? PaymentMethods);

/// <summary>All amounts are minor units; <see cref="SimPayment.Reference"/> is the order_id, <see cref="SimPayment.Status"/> the state.</summary>
public sealed class CoolPayPayment : SimPayment
{
    public required int Id { get; init; }
    public PaymentLink? Link { get; set; }
    public bool Accepted { get; set; }
    public bool TestMode { get; set; }
    public string? Last4 { get; set; }
    public List<Operation> Operations { get; init; } = [];
    public IReadOnlyList<string> UnknownFields { get; set; } = [];

    public decimal Authorized => Approved("authorize");
    public decimal Captured => Approved("capture");
    public decimal Refunded => Approved("refund");
    public decimal Balance => Captured - Refunded;

    /// <summary>With what is still pending.</summary>
    public decimal Claimed(string type) => Operations.Where(o => o.Type == type && (o.Pending || o.Approved)).Sum(o => o.Amount ?? 0);

    private decimal Approved(string type) => Operations.Where(o => o.Type == type && o.Approved).Sum(o => o.Amount ?? 0);
}

/// <summary>CoolPay (a rebranded QuickPay v10) according to its pages "Introduction to Payments" and on callbacks, and its own clients.</summary>
public sealed partial class CoolPayProvider(Shared.Host host) : Provider(host, "coolpay",
    [
        new("apiKey", "cp_test_sandbox", "accepted API keys, separated by commas"),
        new("privateKey", "cp_private_sandbox", "signs the callbacks"),
        new("merchantId", "1234", "merchant_id and CoolPay-Account-ID"),
        new("testMode", "false", "every card counts as a test card", "false", "true"),
        new("checksumHeader", "CoolPay-Checksum-Sha256", "both are seen in the provider's plugins", "CoolPay-Checksum-Sha256", "QuickPay-Checksum-Sha256"),
        new("statusNames", "qp", "prefix of status_code and status_msg in operations: both are seen", "qp", "cp"),
        new("declineOperations", "", "of authorize, capture, refund, cancel: those that are answered 40000, separated by commas"),
        new("operationSeconds", "1", "an operation without ?synchronized is then completed; 0: only by the action finish")
    ], RetryDelays, Rules)
{
    public const string ApprovedCode = "20000";
    public const string DeclinedCode = "40000";

    /// <summary>"Up to 24 times, with gradually increasing delays" [callbacks page]; the delays are ours: 1, 4, 9 … 576 minutes.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryDelays = [.. Enumerable.Range(1, 24).Select(n => TimeSpan.FromMinutes(n * n))];

    /// <summary>"2xx, 302 or 303" is delivered, anything else is tried again [callbacks page].</summary>
    public static readonly DeliveryRules Rules = new() { Delivered = status => status is >= 200 and < 300 or 302 or 303, GivesUp = _ => false };

    public override string Title => "CoolPay";
    public override IReadOnlyList<(string Field, string Value)> ShopSettings => [("API key", FirstOf("apiKey")), ("Private key", Settings["privateKey"])];
    public override IReadOnlyList<string> Endpoints => ["create", "list", "info", "link", "capture", "refund", "cancel", "pay"];
    public override IReadOnlyList<string> Statuses => ["initial", "pending", "new", "rejected", "processed"];
    public override IReadOnlyList<string> Currencies => ["DKK", "EUR", "USD", "GBP", "SEK", "NOK"];

    public override IReadOnlyList<string> Actions =>
        ["pay", "pay-short", "pay-over", "pay-twice", "decline", "capture", "refund", "cancel", "finish", "finish-declined", "status"];

    /// <summary>By order_id, else by the number.</summary>
    public override SimPayment? Find(string reference) => base.Find(reference) ?? Payments.Find(p => ((CoolPayPayment)p).Id.ToString(Invariant) == reference);

    /// <exception cref="ArgumentException">The payment is in no state for it.</exception>
    public override void Act(SimPayment payment, string action, Args args)
    {
        var p = (CoolPayPayment)payment;
        var amount = args.Number("amount");
        switch (action)
        {
            case "pay":
                Authorize(p, amount ?? p.Amount, args);
                break;
            case "pay-short":
                Authorize(p, amount ?? decimal.Floor(p.Amount / 2), args);
                break;
            case "pay-over":
                Authorize(p, amount ?? p.Amount * 2, args);
                break;
            case "pay-twice":
                Authorize(p, p.Amount, args);
                Tell(p, p.Operations[^1], args);
                break;
            case "decline":
                Authorize(p, p.Amount, args, DeclinedCode);
                break;
            case "finish" or "finish-declined":
                foreach (var pending in p.Operations.Where(o => o.Pending).ToList())
                    Complete(p, pending, args, action == "finish" ? null : DeclinedCode);
                break;
            case "status":
                p.ReportedAmount = amount ?? p.ReportedAmount;
                p.ReportedCurrency = args.Text("currency") ?? p.ReportedCurrency;
                p.Status = args.Text("status", "", [.. Statuses]);
                p.UpdatedUtc = Now;
                Emit(p, p.Status, args);
                break;
            default:
                var most = action switch { "capture" => p.Authorized - p.Claimed("capture"), "refund" => p.Balance, _ => (decimal?)null };
                if (Problem(p, action, action == "cancel" ? null : amount ?? most) is { } problem)
                    throw new ArgumentException(problem.Message);
                Complete(p, Begin(p, action, action == "cancel" ? null : amount ?? most, null), args);
                break;
        }
    }

    /// <summary>The shopper's card. After a refusal the same link can be used again.</summary>
    private void Authorize(CoolPayPayment p, decimal amount, Args args, string? code = null)
    {
        if (p.Link is not { } link)
            throw new ArgumentException("the payment has no link yet");
        p.TestMode = args.Flag("testMode", Settings.Flag("testMode"));
        p.Last4 = p.TestMode ? "0008" : "4242";
        var authorize = Begin(p, "authorize", amount, link.CallbackUrl);
        Complete(p, authorize, args, code);
        if (authorize.Approved && link.AutoCapture)
            Complete(p, Begin(p, "capture", amount, link.CallbackUrl), args);
    }

    private Operation Begin(CoolPayPayment p, string type, decimal? amount, string? callbackUrl)
    {
        var operation = new Operation
        {
            Id = p.Operations.Count + 1,
            Type = type,
            Amount = amount,
            CallbackUrl = callbackUrl ?? (Settings["webhookUrl"] is { Length: > 0 } url ? url : null),
            CreatedUtc = Now,
            Pending = true
        };
        p.Operations.Add(operation);
        p.Status = "pending";
        p.UpdatedUtc = Now;
        return operation;
    }

    private void Complete(CoolPayPayment p, Operation operation, Args args, string? code = null)
    {
        operation.Pending = false;
        operation.Code = code ?? (Settings.List("declineOperations").Contains(operation.Type) ? DeclinedCode : ApprovedCode);
        p.Accepted |= operation is { Type: "authorize", Approved: true };
        p.Status = StateOf(p);
        p.UpdatedUtc = Now;
        Tell(p, operation, args);
    }

    private void Tell(CoolPayPayment p, Operation operation, Args args) => operation.Callback = Emit(p, operation.Type, args) ?? operation.Callback;

    private static string StateOf(CoolPayPayment p) =>
        p.Operations.Any(o => o.Pending) ? "pending"
        : p.Operations.Any(o => o.Approved && o.Type != "authorize") ? "processed"
        : p.Accepted ? "new" : "rejected";

    protected override string Mask(string text) => Secrets().Replace(text, "$1***");

    [GeneratedRegex(@"(Basic |Bearer )[^\s""]+")]
    private static partial Regex Secrets();
}
