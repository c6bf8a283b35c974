using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.BtcPay;

/// <summary>BTCPay Server 2.4.1 as observed on a real server: its Greenfield API, states and webhooks. Chains, wallets and the other APIs are left out.</summary>
public sealed partial class BtcPayProvider(Shared.Host host) : Provider(host, "btcpay",
    [
        new("apiKey", "btcpay_sandbox", "accepted keys, separated by commas"),
        new("permissions", "btcpay.store.canviewinvoices,btcpay.store.cancreateinvoice", "what the keys may do"),
        new("storeId", "SandboxStore1111111111111111111111111111111", "the only store"),
        new("webhookSecret", "btcpay_webhook_sandbox", "signs webhooks"),
        new("paymentMethods", "BTC-CHAIN,LTC-CHAIN", "payment methods of the store; the first is the default"),
        new("rates", "USD=1,EUR=1.1,GBP=1.3,JPY=0.0066,BTC=65000,LTC=80", "price of each currency in USD"),
        new("expirationMinutes", "15", "an unpaid invoice then expires, unless create says otherwise; 0: never"),
        new("networkFee", "0.0001", "added to the amount due after a partial payment, in coins")
    ], RetryDelays, new() { GivesUp = status => status is >= 300 and < 500 and not 408 and not 429 })
{
    /// <summary>10 s, 1 min, then six times 10 min. The real server delivers the webhooks of a store one after the other; here each goes its own way.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryDelays = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), .. Enumerable.Repeat(TimeSpan.FromMinutes(10), 6)];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _webhookId = NewId();

    public override string Title => "BTCPay Server";
    public override IReadOnlyList<(string Field, string Value)> ShopSettings =>
        [("API key", FirstOf("apiKey")), ("Store ID", Settings["storeId"]), ("Webhook secret", Settings["webhookSecret"])];
    public override IReadOnlyList<string> Endpoints => ["create", "get", "list", "methods", "activate", "key", "pay"];
    public override IReadOnlyList<string> Statuses => ["New", "Processing", "Settled", "Expired", "Invalid"];
    public override IReadOnlyList<string> Currencies => [.. Rates.Keys];

    public override IReadOnlyList<string> Actions =>
        ["pay", "pay-short", "pay-over", "pay-late", "pay-twice", "send", "confirm", "double-spend", "expire", "mark-settled", "mark-invalid", "archive", "status"];

    private Dictionary<string, decimal> Rates => Settings.Prices("rates");

    /// <summary>By orderId (the newest, as it need not be unique) or by invoice id.</summary>
    public override SimPayment? Find(string reference) =>
        Payments.FindLast(p => p.Reference == reference) ?? Payments.Find(p => ((BtcPayInvoice)p).Id == reference);

    public override void Act(SimPayment payment, string action, Args args)
    {
        var p = (BtcPayInvoice)payment;
        var method = p.Methods.Find(m => m.Id == args.Text("method")) ?? p.Methods[0];
        var amount = args.Number("amount");
        switch (action)
        {
            case "pay":
                Send(p, method, amount ?? p.Due(method), args);
                Confirm(p, args);
                break;
            case "pay-short":
                Send(p, method, amount ?? BtcPayInvoice.Coins(p.Due(method) / 4), args);
                break;
            case "pay-over":
                Send(p, method, amount ?? p.Due(method) * 2, args);
                Confirm(p, args);
                break;
            case "pay-late":
                Expire(p, args);
                Send(p, method, amount ?? p.Due(method), args);
                Confirm(p, args);
                break;
            case "pay-twice":
                var due = p.Due(method);
                Send(p, method, due, args);
                Confirm(p, args);
                Send(p, method, due, args);
                Confirm(p, args);
                break;
            case "send":
                Send(p, method, amount ?? p.Due(method), args);
                break;
            case "confirm":
                Confirm(p, args);
                break;
            case "double-spend":
                // Without a webhook.
                p.Payments.RemoveAll(one => one.Status == "Processing");
                Update(p, args);
                break;
            case "expire":
                Expire(p, args);
                break;
            case "mark-settled" or "mark-invalid":
                (p.Status, p.Additional) = (action == "mark-settled" ? "Settled" : "Invalid", "Marked");
                Emit(p, $"Invoice{p.Status}", args);
                break;
            case "archive":
                p.Archived = true;
                break;
            case "status":
                (p.Status, p.Additional) = (args.Text("status", "", [.. Statuses]), args.Text("additional") ?? "None");
                p.ReportedAmount = amount ?? p.ReportedAmount;
                p.ReportedCurrency = args.Text("currency") ?? p.ReportedCurrency;
                Emit(p, $"Invoice{p.Status}", args);
                break;
        }
        p.UpdatedUtc = Now;
    }

    /// <summary>A transaction without confirmations.</summary>
    private void Send(BtcPayInvoice p, BtcPayMethod method, decimal coins, Args args)
    {
        p.Payments.Add(new BtcPayPayment($"{RandomNumberGenerator.GetHexString(64, lowercase: true)}-0", method, coins, p.Payments.Count == 0 ? 0m : Settings.Number("networkFee"), Now));
        p.IsAfterExpiration = p.Status == "Expired";
        Emit(p, "InvoiceReceivedPayment", args);
        Update(p, args);
    }

    /// <summary>A block.</summary>
    private void Confirm(BtcPayInvoice p, Args args)
    {
        foreach (var payment in p.Payments.Where(one => one.Status == "Processing"))
        {
            payment.Status = "Settled";
            Emit(p, "InvoicePaymentSettled", args);
        }
        Update(p, args);
    }

    private void Expire(BtcPayInvoice p, Args args)
    {
        if (p.Status != "New")
            return;

        p.Status = "Expired";
        p.ExpirationUtc = p.ExpirationUtc < Now ? p.ExpirationUtc : Now;
        Emit(p, "InvoiceExpired", args);
        if (p.Additional == "PaidPartial")
            Emit(p, "InvoiceExpiredPaidPartial", args);
    }

    /// <summary>The server's state machine. An expired invoice never becomes Settled, and a settled one ignores further payments.</summary>
    private void Update(BtcPayInvoice p, Args args)
    {
        var (isPaid, hasPayment) = (p.Paid >= p.Amount, p.Payments.Count > 0);
        if (p.Status == "New" && isPaid)
        {
            (p.Status, p.Additional) = ("Processing", p.IsPaidOver ? "PaidOver" : "None");
            Emit(p, "InvoiceProcessing", args);
        }
        else if (p.Status == "Expired" && isPaid && p.Additional != "PaidLate")
        {
            p.Additional = "PaidLate";
            Emit(p, "InvoicePaidAfterExpiration", args);
        }
        else if (p.Status is "New" or "Expired" && hasPayment && !isPaid)
            p.Additional = "PaidPartial";
        if (p.Status == "Processing" && !isPaid)
            (p.Status, p.Additional) = ("New", hasPayment ? "PaidPartial" : "None");
        if (p.Status == "Processing" && p.PaidBy("Settled") >= p.Amount)
        {
            p.Status = "Settled";
            Emit(p, "InvoiceSettled", args);
        }
    }

    protected override void Forget() => _last = 0;

    public override Webhook Compose(SimPayment payment, WebhookContent content)
    {
        var p = (BtcPayInvoice)payment;
        var type = content.Event ?? (content.Kind is "correct" or "double" && p.Status is "Processing" or "Settled" or "Expired" or "Invalid" ? $"Invoice{p.Status}" : "InvoiceSettled");
        var id = NewId();
        var metadata = p.Metadata.DeepClone().AsObject();
        if (content.Reference is not null)
            metadata["orderId"] = content.Reference;
        var body = new JsonObject
        {
            ["deliveryId"] = id, ["webhookId"] = _webhookId, ["originalDeliveryId"] = id, ["isRedelivery"] = false, ["type"] = type, ["timestamp"] = Now.ToUnixTimeSeconds(),
            ["storeId"] = Settings["storeId"], ["invoiceId"] = content.Reference is null ? p.Id : NewId(), ["metadata"] = metadata
        };
        switch (type)
        {
            case "InvoiceSettled":
                (body["manuallyMarked"], body["overPaid"]) = (p.Additional == "Marked", p.Additional == "PaidOver");
                break;
            case "InvoiceInvalid":
                body["manuallyMarked"] = p.Additional == "Marked";
                break;
            case "InvoiceProcessing":
                body["overPaid"] = p.Additional == "PaidOver";
                break;
            case "InvoiceExpired":
                body["partiallyPaid"] = p.Additional == "PaidPartial";
                break;
            case "InvoiceReceivedPayment" or "InvoicePaymentSettled" when p.Payments.Count > 0:
                (body["afterExpiration"], body["paymentMethodId"], body["payment"]) = (p.IsAfterExpiration, p.Payments[^1].Method.Id, Json(p.Payments[^1]));
                break;
        }
        // Tests of the webhook's amount: the real body has none, so another invoice's reference is the contradiction.
        var text = body.ToJsonString(Indented);
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["User-Agent"] = "BTCPayServer/2.4.1" };
        if (content.Signature != Signature.Missing)
            headers["BTCPay-Sig"] = Sign(text, content.Signature == Signature.Forged ? "forged" : Settings["webhookSecret"]);
        return new(p.Reference, content.Kind, id, type, text, headers);
    }

    public static string Sign(string body, string secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}";

    private static string NewId() => RandomNumberGenerator.GetString("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 22);

    protected override string Mask(string text) => Keys().Replace(text, "$1***");

    [GeneratedRegex(@"(token )[^\s""]+")]
    private static partial Regex Keys();
}

/// <summary>An invoice. Reference is the merchant's orderId, or the id without one.</summary>
public sealed class BtcPayInvoice : SimPayment
{
    public required string Id { get; init; }
    public required JsonObject Metadata { get; init; }
    public required JsonObject Checkout { get; init; }
    public required decimal Minutes { get; init; }
    public required DateTimeOffset ExpirationUtc { get; set; }
    public required DateTimeOffset MonitoringUtc { get; init; }
    public string Additional { get; set; } = "None";
    public bool Archived { get; set; }
    public bool IsAfterExpiration { get; set; }
    public List<BtcPayMethod> Methods { get; init; } = [];
    public List<BtcPayPayment> Payments { get; init; } = [];

    /// <summary>What a person may mark the invoice as.</summary>
    public IEnumerable<string> Markable => (Status, Additional) switch
    {
        ("New" or "Processing" or "Expired", _) => ["Settled", "Invalid"],
        ("Invalid", _) => ["Settled"],
        (_, "Marked") => ["Invalid"],
        _ => []
    };

    /// <summary>In the invoice's currency, without network fees.</summary>
    public decimal Paid => Payments.Sum(one => (one.Value - one.Fee) * one.Method.Rate);

    private decimal Fees => Payments.Sum(one => one.Fee * one.Method.Rate);

    /// <summary>False for the surplus that comes from rounding an exact amount of coins up.</summary>
    public bool IsPaidOver => Paid > Amount && Methods.TrueForAll(method => Due(method) != 0m);

    public decimal PaidBy(string status) => Payments.Where(one => one.Status == status).Sum(one => (one.Value - one.Fee) * one.Method.Rate);

    /// <summary>What the method asks for in coins: with a network fee after a partial payment.</summary>
    public decimal Total(BtcPayMethod method) => Coins((Amount + Fees) / method.Rate + (Paid < Amount && Payments.Count > 0 ? method.NetworkFee : 0m));

    public decimal Due(BtcPayMethod method) => Total(method) - Coins((Paid + Fees) / method.Rate);

    public static decimal Coins(decimal amount) => Math.Ceiling(amount * 100_000_000m) / 100_000_000m;
}

/// <param name="Rate">Price of a coin in the invoice's currency.</param>
public sealed record BtcPayMethod(string Id, string Currency, decimal Rate, decimal NetworkFee)
{
    /// <summary>Null until a lazy method is activated.</summary>
    public string? Destination { get; set; }
}

/// <param name="Id">The transaction id and the number of the output.</param>
/// <param name="Value">In coins.</param>
/// <param name="Fee">In coins.</param>
public sealed record BtcPayPayment(string Id, BtcPayMethod Method, decimal Value, decimal Fee, DateTimeOffset ReceivedUtc)
{
    public string Status { get; set; } = "Processing";
}
