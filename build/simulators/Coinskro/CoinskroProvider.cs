using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.Coinskro;

public sealed class CoinskroPayment : SimPayment
{
    public Guid Id { get; init; } = Guid.NewGuid();
    public required string PaymentType { get; init; }
    public string? CustomerEmail { get; init; }
    public string? CustomerReference { get; init; }
    public string? SuccessUrl { get; init; }
    public string? FailureUrl { get; init; }
    public string FeePayer { get; init; } = "merchant";
    public IReadOnlyList<string> UnknownFields { get; init; } = [];
    public decimal? PaidAmount { get; set; }
    public string? PaidCurrency { get; set; }
    public bool Abandoned { get; set; }

    /// <summary>1 percent: "customer pays $100, you receive $99" [seed, Fee Options]. The webhook page's sample has 0.5 percent.</summary>
    public decimal Fee => Trim(Amount * 0.01m);

    /// <summary>What the shopper is asked to pay.</summary>
    public decimal Due => FeePayer == "customer" ? Trim(Amount + Fee) : Amount;

    /// <summary>The key that created the payment also signs its webhooks.</summary>
    internal string SecretKey { get; init; } = "";

    /// <summary>Another payment that was asked for with the same words.</summary>
    public CoinskroPayment Copy(string reference) => new()
    {
        Reference = reference, Amount = Amount, Currency = Currency, Status = Status, PayUrl = PayUrl, CreatedUtc = CreatedUtc, UpdatedUtc = UpdatedUtc,
        ReportedAmount = ReportedAmount, ReportedCurrency = ReportedCurrency, Request = Request, PaymentType = PaymentType, CustomerEmail = CustomerEmail,
        CustomerReference = CustomerReference, SuccessUrl = SuccessUrl, FailureUrl = FailureUrl, FeePayer = FeePayer, UnknownFields = UnknownFields, SecretKey = SecretKey
    };

    /// <summary>Without zeros at the end, as JSON numbers are usually written.</summary>
    private static decimal Trim(decimal amount) => amount / 1.0000000000000000000000000000m;
}

/// <summary>Coinskro Pay according to its pages "Creating Payments", and on webhooks, errors and testing.</summary>
public sealed partial class CoinskroProvider(Shared.Host host) : Provider(host, "coinskro",
    [
        new("events", "payment_linked,payment_completed,payment_abandoned,payment_canceled,payment_failed", "events subscribed to"),
        new("secretKey", "sk_test_sandbox", "accepted keys, separated by commas"),
        new("wrongAmount", "pending", "what a wrong amount or currency leads to (undocumented)", "pending", "completed", "in-appeal"),
        new("feeInAmount", "false", "fee_payer=customer: the fee is part of the reported amount (undocumented)", "false", "true"),
        new("strictItems", "true", "refuse items that do not add up to the amount (our own strictness)", "true", "false"),
        new("abandonAfterMinutes", "10", "an unpaid payment is then abandoned; 0: never"),
        new("balance", "1000", "business balance in each currency, for fund-user"),
        new("usernames", "john_doe", "Coinskro users that can be funded")
    ], RetryDelays)
{
    /// <summary>"6th-10th: periodic retries" [webhooks page]: the period is not said, a day is assumed.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryDelays =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        .. Enumerable.Repeat(TimeSpan.FromHours(24), 6)
    ];

    private readonly Guid _integrationId = Guid.NewGuid();

    /// <summary>Smallest amount of a deposit in the unit of <c>amount</c> [seed, Supported Currencies].</summary>
    private static readonly Dictionary<string, decimal> Minimums = new() { ["PI"] = 1, ["USDC"] = 1, ["USDT"] = 5, ["CSK"] = 5 };

    /// <summary>A merchant may have a hundred thousand open payments and ask for each of them.</summary>
    private readonly Dictionary<string, SimPayment> _byReference = [];

    public override string Title => "Coinskro Pay";
    public override IReadOnlyList<(string Field, string Value)> ShopSettings => [("Secret key", FirstOf("secretKey"))];
    public override IReadOnlyList<string> Endpoints => ["create", "info", "fund-user", "pay"];
    public override IReadOnlyList<string> Statuses => ["unlinked", "linked", "pending", "completed", "failed", "cancelled", "in-appeal"];
    public override IReadOnlyList<string> Currencies => [.. Minimums.Keys];

    public override IReadOnlyList<string> Actions =>
    [
        "pay", "pay-short", "pay-over", "pay-other-currency", "pay-late", "pay-twice", "link", "cancel", "fail", "abandon", "appeal", "status", "copy"
    ];

    public override SimPayment? Find(string reference) => _byReference.GetValueOrDefault(reference);

    public override void Act(SimPayment payment, string action, Args args)
    {
        var p = (CoinskroPayment)payment;
        var amount = args.Number("amount");
        switch (action)
        {
            case "pay":
                Receive(p, amount ?? p.Due, args.Text("currency") ?? p.Currency, args);
                break;
            case "pay-short":
                Receive(p, amount ?? p.Due / 2, p.Currency, args);
                break;
            case "pay-over":
                Receive(p, amount ?? p.Due * 2, p.Currency, args);
                break;
            case "pay-other-currency":
                Receive(p, amount ?? p.Due, args.Text("currency") ?? OtherCurrency(p), args);
                break;
            case "pay-late":
                Abandon(p, args);
                Receive(p, amount ?? p.Due, p.Currency, args);
                break;
            case "pay-twice":
                Receive(p, p.Due, p.Currency, args);
                Receive(p, p.Due, p.Currency, args);
                break;
            case "abandon":
                Abandon(p, args);
                break;
            case "copy":
                var name = args.Text("name") ?? "copy";
                for (var number = 0; number < (args.Number("count") ?? 1); number++)
                    Add(p.Copy(name + number.ToString(new string('0', 32 - name.Length), CultureInfo.InvariantCulture)));
                break;
            case "status":
                p.ReportedAmount = amount ?? p.ReportedAmount;
                p.ReportedCurrency = args.Text("currency") ?? p.ReportedCurrency;
                SetStatus(p, args.Text("status", "", [.. Statuses]), args);
                break;
            default:
                SetStatus(p, action switch { "link" => "linked", "cancel" => "cancelled", "fail" => "failed", _ => "in-appeal" }, args);
                break;
        }
    }

    protected override void Add(SimPayment payment)
    {
        _byReference.Add(payment.Reference, payment);
        base.Add(payment);
    }

    /// <summary>Partial payments are not taken [faq]; what a wrong amount does to the status is not documented, hence the setting.</summary>
    private void Receive(CoinskroPayment p, decimal amount, string currency, Args args)
    {
        p.PaidAmount = amount;
        p.PaidCurrency = currency;
        var exact = amount == p.Due && currency == p.Currency;
        var status = exact ? "completed" : args.Text("wrongAmount", Settings["wrongAmount"], "pending", "completed", "in-appeal");
        if (status == "completed")
        {
            p.ReportedAmount = !exact ? amount : Settings.Flag("feeInAmount") ? p.Due : p.Amount;
            p.ReportedCurrency = currency;
        }
        SetStatus(p, status, args);
    }

    /// <summary>None of the seven statuses says "abandoned": the status endpoint keeps the last one.</summary>
    private void Abandon(CoinskroPayment p, Args args)
    {
        p.Abandoned = true;
        p.UpdatedUtc = Now;
        Emit(p, "payment_abandoned", args);
    }

    private void SetStatus(CoinskroPayment p, string status, Args args)
    {
        p.Status = status;
        p.UpdatedUtc = Now;
        if (EventOf(status) is { } eventType)
            Emit(p, eventType, args);
    }

    /// <summary>payment_failed is named on the testing page only. Note "cancelled" as a status, "canceled" in events.</summary>
    private static string? EventOf(string status) => status switch
    {
        "linked" => "payment_linked",
        "completed" => "payment_completed",
        "failed" => "payment_failed",
        "cancelled" => "payment_canceled",
        _ => null
    };

    protected override void Forget() => _byReference.Clear();

    protected override bool IsSubscribed(string eventType) => Settings.List("events").Contains(eventType);

    public override Webhook Compose(SimPayment payment, WebhookContent content)
    {
        var p = (CoinskroPayment)payment;
        var eventType = content.Event ?? (content.Kind is "correct" or "double" ? EventOf(p.Status) : null) ?? "payment_completed";
        var eventId = Guid.NewGuid().ToString();
        var body = new JsonObject
        {
            ["event_id"] = eventId,
            ["payment_id"] = p.Id,
            ["currency"] = content.Currency ?? p.ReportedCurrency,
            ["amount"] = content.Amount ?? p.ReportedAmount,
            ["payment_reference"] = content.Reference ?? p.Reference,
            ["payment_status"] = eventType["payment_".Length..],
            ["service_fee"] = p.Fee
        };
        if (p.CustomerEmail is not null)
            body["customer_email"] = p.CustomerEmail;
        if (p.CustomerReference is not null)
            body["customer_reference"] = p.CustomerReference;
        body["integration_id"] = _integrationId;
        body["event_type"] = eventType;
        body["timestamp"] = Now.ToUnixTimeSeconds();
        var text = body.ToJsonString(Json);
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["X-Event-Id"] = eventId };
        if (content.Signature != Signature.Missing)
            headers["X-Signature"] = Sign(text, content.Signature == Signature.Forged ? "forged" : p.SecretKey);
        return new(p.Reference, content.Kind, eventId, eventType, text, headers);
    }

    /// <summary>base64 of HMAC-SHA256 of the raw body, keyed with the API secret key itself [webhooks page].</summary>
    public static string Sign(string body, string secretKey) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes(body)));

    protected override string Mask(string text) => SecretKeys().Replace(text, "$1***");

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(Bearer |sk_(?:test|live)_)(?!sk_(?:test|live)_)[^\s""]+")]
    private static partial Regex SecretKeys();
}
