using System.Globalization;
using System.Text.RegularExpressions;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CryptoFuse;

/// <summary>One transfer of coins that arrived for a payment.</summary>
public sealed record Deposit(string DepositId, decimal Amount, string TransactionHash, DateTimeOffset AtUtc);

public sealed class CryptoFusePayment : SimPayment
{
    /// <summary>True: made by <c>POST /payments/</c> (price in USD, transaction_id); false: by <c>POST /payments/create</c> (amount in the coin, payment_id).</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>custom_id or order_id: the merchant's own.</summary>
    public string? CustomId { get; init; }
    public string? WalletId { get; init; }
    public string? Description { get; init; }
    public string? CallbackUrl { get; init; }

    /// <summary>Only the current contract has ways back to the shop.</summary>
    public string? SuccessUrl { get; init; }
    public string? CancelUrl { get; init; }

    /// <summary>Only if <see cref="IsCurrent"/>.</summary>
    public decimal? PriceUsd { get; init; }
    public required string Address { get; init; }
    public required DateTimeOffset ExpiresUtc { get; init; }
    public int Confirmations { get; set; }
    public string? PreviousStatus { get; set; }
    public List<Deposit> Deposits { get; init; } = [];
    public IReadOnlyList<string> UnknownFields { get; init; } = [];

    public decimal PaidTotal => Deposits.Sum(d => d.Amount);
    public bool IsOpen => Status is "pending" or "waiting" or "confirming";
}

/// <summary>CryptoFuse according to its page "Create Payment" and its current pages, both APIs at one address.</summary>
public sealed partial class CryptoFuseProvider(Shared.Host host) : Provider(host, "cryptofuse",
    [
        new("apiKey", "cf_test_sandbox", "accepted keys of X-API-Key, separated by commas; cf_test_readonly is answered 403"),
        new("clientId", "cf_client", "OAuth2 client"),
        new("clientSecret", "cf_client_secret", "its secret"),
        new("tokenSeconds", "36000", "life of an access token"),
        new("wallets", "550e8400-e29b-41d4-a716-446655440000", "wallets of the merchant, separated by commas"),
        new("rates", DefaultRates, "currencies enabled for the account and the price of one coin in USD"),
        new("paymentPage", "true", "answer with the optional payment_url", "true", "false"),
        new("statusEndpoint", "on", "GET /payments/{payment_id}, which the seed does not describe", "on", "404", "405"),
        new("errorShape", "error", "which member holds the seed's error code (undocumented)", "error", "code"),
        new("expiryMinutes", "60", "an unpaid payment then expires; 0: never, although expiry_time says an hour"),
        new("confirmationsNeeded", "3", "confirmations until a payment is completed"),
        new("wrongAmount", "pending", "what too little leads to in the seed's contract (undocumented)", "pending", "completed", "failed"),
        new("createsPerMinute", "0", "further payments are answered 429 (the documents' 100 is of v0.9); 0: no limit"),
        new("retryAfterSeconds", "30", "Retry-After of a 429 that a fault makes"),
        new("callbackShape", "auto", "auto: v0.9 for the seed's contract, reference for the current one", "auto", "v0.9", "flow", "reference"),
        new("callbackEvent", "payment_status_update", "event of the flow and reference shapes", "payment_status_update", "deposit_received"),
        new("signatureHeader", "", "header of the callback's HMAC-SHA256 (its name is undocumented); empty: not signed"),
        new("webhookSecret", "whsk_sandbox", "key of that HMAC")
    ], RetryDelays)
{
    private const string DefaultRates =
        "USDTTRC20=1,USDTERC20=1,USDCERC20=1,DAIERC20=1,USDTARB=1,USDTPOLYGON=1,USDTBSC=1,BTC=60000,ETH=2500,WETH=2500";

    /// <summary>The documents name no schedule; these are ours.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryDelays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    public override string Title => "CryptoFuse";
    public override IReadOnlyList<(string Field, string Value)> ShopSettings =>
        [("API key", FirstOf("apiKey")), ("Wallet ID", FirstOf("wallets")), ("Client ID", Settings["clientId"]), ("Client secret", Settings["clientSecret"])];
    public override IReadOnlyList<string> Endpoints => ["create", "info", "list", "token", "rates", "wallets", "pay"];

    /// <summary>The seed's five, the current contract's six, and two that one page of the provider has beside them.</summary>
    public override IReadOnlyList<string> Statuses =>
        ["pending", "waiting", "confirming", "completed", "partially_completed", "expired", "failed", "partially_paid", "confirmed"];

    public override IReadOnlyList<string> Currencies => [.. Rates.Keys];
    public override IReadOnlyList<string> Actions => ["pay", "pay-short", "pay-over", "pay-late", "pay-twice", "seen", "confirm", "expire", "fail", "status"];

    protected override IReadOnlyList<string> SecretHeaders => ["X-API-Key"];

    /// <summary>US dollars for one coin.</summary>
    private Dictionary<string, decimal> Rates => Settings.List("rates").Select(r => r.Split('='))
        .ToDictionary(r => r[0], r => decimal.Parse(r[1], CultureInfo.InvariantCulture));

    /// <summary>By payment_id or transaction_id, else the merchant's newest payment with this custom_id or order_id.</summary>
    public override SimPayment? Find(string reference) =>
        base.Find(reference) ?? Payments.FindLast(p => ((CryptoFusePayment)p).CustomId == reference);

    public override void Act(SimPayment payment, string action, Args args)
    {
        var p = (CryptoFusePayment)payment;
        var amount = args.Number("amount");
        switch (action)
        {
            case "pay" when p.Status == "confirming" && amount is null:
                p.Confirmations = (int)Settings.Number("confirmationsNeeded");
                Settle(p, args);
                break;
            case "pay":
                Receive(p, amount ?? p.Amount, args);
                break;
            case "pay-short":
                Receive(p, amount ?? p.Amount / 2, args);
                break;
            case "pay-over":
                Receive(p, amount ?? p.Amount * 2, args);
                break;
            case "pay-late":
                SetStatus(p, "expired", args);
                Receive(p, amount ?? p.Amount, args);
                break;
            case "pay-twice":
                Receive(p, p.Amount, args);
                Receive(p, p.Amount, args);
                break;
            case "seen":
                Deposit(p, amount ?? p.Amount, 0);
                SetStatus(p, "confirming", args);
                break;
            case "confirm":
                Confirm(p, amount, args);
                break;
            case "status":
                p.ReportedAmount = amount ?? p.ReportedAmount;
                p.ReportedCurrency = args.Text("currency") ?? p.ReportedCurrency;
                SetStatus(p, args.Text("status", "", [.. Statuses]), args);
                break;
            default:
                SetStatus(p, action == "expire" ? "expired" : "failed", args);
                break;
        }
    }

    /// <summary>One confirmation more; the transfer is seen with the first.</summary>
    private void Confirm(CryptoFusePayment p, decimal? amount, Args args)
    {
        if (p.Deposits.Count == 0)
            Deposit(p, amount ?? p.Amount, 0);
        p.Confirmations++;
        if (p.Confirmations < Settings.Number("confirmationsNeeded"))
            SetStatus(p, "confirming", args);
        else
            Settle(p, args);
    }

    private void Receive(CryptoFusePayment p, decimal amount, Args args)
    {
        Deposit(p, amount, (int)Settings.Number("confirmationsNeeded"));
        Settle(p, args);
    }

    private void Deposit(CryptoFusePayment p, decimal amount, int confirmations)
    {
        p.Confirmations = confirmations;
        p.Deposits.Add(new(Guid.NewGuid().ToString(), amount, Hash(), Now));
    }

    /// <summary>Less than the amount is partially_completed in the current contract; the seed has no word for it, hence the setting.</summary>
    private void Settle(CryptoFusePayment p, Args args)
    {
        if (p.PaidTotal >= p.Amount)
        {
            SetStatus(p, "completed", args);
            return;
        }
        var status = p.IsCurrent ? "partially_completed" : args.Text("wrongAmount", Settings["wrongAmount"], "pending", "completed", "failed");
        if (status == "completed")
            p.ReportedAmount = p.PaidTotal;
        SetStatus(p, status, args);
    }

    private void SetStatus(CryptoFusePayment p, string status, Args args)
    {
        p.PreviousStatus = p.Status;
        p.Status = status;
        p.UpdatedUtc = Now;
        Emit(p, status, args);
    }

    protected override string Mask(string text) => Secrets().Replace(text, "$1***");

    [GeneratedRegex(@"((?:Bearer|Basic) |client_secret=|""client_secret""\s*:\s*"")[^\s&""]+")]
    private static partial Regex Secrets();
}
