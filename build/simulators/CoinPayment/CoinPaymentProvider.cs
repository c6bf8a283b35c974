using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoinPayment;

/// <summary>A payment. Reference is CoinPayments' txn_id, Amount and Currency are what is to be paid in the coin.</summary>
public sealed class CoinPaymentTransaction : SimPayment
{
    /// <summary>OrbVPN's own payment id.</summary>
    public required int Id { get; init; }
    public required string Category { get; init; }
    public int? GroupId { get; init; }
    public int? MoreLoginCount { get; init; }
    public required decimal PriceUsd { get; init; }
    public required string Address { get; init; }

    /// <summary>Opens the checkout and status pages.</summary>
    public string PageKey { get; init; } = Guid.NewGuid().ToString("N");
    public required int ConfirmsNeeded { get; init; }
    public required DateTimeOffset ExpireUtc { get; init; }
    public decimal Received { get; set; }
    public int Confirms { get; set; }
}

/// <summary>OrbVPN's coinpaymentCreatePayment and the CoinPayments.net account behind it: status through api.php, IPNs.</summary>
public sealed partial class CoinPaymentProvider(Shared.Host host) : Provider(host, "coinpayment",
    [
        new("accessToken", "orb_sandbox", "accepted bearer tokens of OrbVPN users, separated by commas"),
        new("publicKey", "cp_public_sandbox", "CoinPayments.net API key"),
        new("privateKey", "cp_private_sandbox", "CoinPayments.net API secret: signs calls to api.php"),
        new("merchantId", "cp_merchant_sandbox", "CoinPayments.net merchant id, in each IPN"),
        new("ipnSecret", "cp_ipn_sandbox", "signs IPNs; empty: no IPN at all, as documented"),
        new("categories", "SUBSCRIPTION,ONE_TIME,ADDON,GROUP,MORE_LOGIN,BUY_CREDIT", "values that the enum PaymentCategory has"),
        new("plans", "1=10,2=25,3=50,4=100", "price in USD of each groupId"),
        new("moreLoginPrice", "5", "price in USD of an additional login"),
        new("rates", "BTC=65000,LTC=80,ETH=3200,USDT=1,BNB=600,LTCT=1", "price in USD of each coin; BTC.BEP20 costs what BTC costs"),
        new("coins", "BTC,LTC,ETH,USDT,LTCT,BTC.BEP20,USDT.BEP20,USDT.ERC20,USDT.TRC20", "coins that the account accepts"),
        new("minimumUsd", "1", "a smaller price gets the field error (undocumented)"),
        new("providerError", "", "if set, each creation gets this text in the field error"),
        new("ids", "string", "id as documented, or as in the server's schema", "string", "number"),
        new("errorStyle", "graphql", "invalid data: HTTP 200 with errors, or HTTP 400 with errors as the documentation implies", "graphql", "http"),
        new("unauthorizedStyle", "http", "a wrong token: HTTP 401, or HTTP 200 with errors", "http", "graphql"),
        new("confirmsNeeded", "2", "confirmations a payment needs"),
        new("timeoutSeconds", "9000", "time to pay; 0: the payment never times out, and timeout says 0")
    ], RetryDelays)
{
    /// <summary>"Up to 10 times" is documented, when is not: doubling from a minute is assumed.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryDelays = [.. Enumerable.Range(0, 10).Select(n => TimeSpan.FromMinutes(1 << n))];

    private const int BeforeFirstId = 1000;

    public override string Title => "CoinPayment";
    public override IReadOnlyList<(string Field, string Value)> ShopSettings =>
    [
        ("Access token", FirstOf("accessToken")), ("Public key", Settings["publicKey"]), ("Private key", Settings["privateKey"]),
        ("Merchant ID", Settings["merchantId"]), ("IPN secret", Settings["ipnSecret"]), ("Merchant URL", "{address}/coinpayment/api.php")
    ];
    public override IReadOnlyList<string> Endpoints => ["create", "api", "pay"];
    public override IReadOnlyList<string> Statuses => ["0", "1", "2", "3", "100", "-1", "-2"];
    public override IReadOnlyList<string> Currencies => Settings.List("coins");

    public override IReadOnlyList<string> Actions =>
        ["pay", "pay-short", "pay-over", "pay-late", "pay-twice", "confirm", "queue", "expire", "cancel", "fail", "refund", "status"];

    private Dictionary<string, decimal> Rates => Settings.Prices("rates");

    protected override void Forget() => LastNumber = 0;

    /// <summary>By txn_id or by OrbVPN's id.</summary>
    public override SimPayment? Find(string reference) =>
        base.Find(reference) ?? Payments.Find(p => ((CoinPaymentTransaction)p).Id.ToString(CultureInfo.InvariantCulture) == reference);

    public override void Act(SimPayment payment, string action, Args args)
    {
        var p = (CoinPaymentTransaction)payment;
        var amount = args.Number("amount");
        switch (action)
        {
            case "pay":
                Receive(p, amount ?? p.Amount, args);
                break;
            case "pay-short":
                Receive(p, amount ?? Math.Round(p.Amount / 2, 8), args);
                break;
            case "pay-over":
                Receive(p, amount ?? p.Amount * 2, args);
                break;
            case "pay-late":
                SetStatus(p, "-1", args);
                Receive(p, amount ?? p.Amount, args);
                break;
            case "pay-twice":
                Receive(p, p.Amount, args);
                Receive(p, p.Amount, args);
                break;
            case "confirm":
                Confirm(p, amount ?? p.Amount, (int)(args.Number("confirms") ?? p.Confirms + 1), args);
                break;
            case "queue":
                p.Received = Math.Max(p.Received, p.Amount);
                p.Confirms = p.ConfirmsNeeded;
                SetStatus(p, "2", args);
                break;
            case "status":
                p.ReportedAmount = amount ?? p.ReportedAmount;
                p.ReportedCurrency = args.Text("currency") ?? p.ReportedCurrency;
                SetStatus(p, args.Text("status", "", [.. Statuses]), args);
                break;
            default:
                SetStatus(p, action == "refund" ? "-2" : "-1", args);
                break;
        }
    }

    /// <summary>Too little waits for the rest (status 0) until the time is over; the whole sum completes at once.</summary>
    private void Receive(CoinPaymentTransaction p, decimal coins, Args args)
    {
        p.Received += coins;
        p.Confirms = p.ConfirmsNeeded;
        SetStatus(p, p.Received >= p.Amount ? "100" : "0", args);
    }

    /// <summary>Coins were seen; with the needed confirmations the reception is confirmed (status 1), not yet complete.</summary>
    private void Confirm(CoinPaymentTransaction p, decimal coins, int confirms, Args args)
    {
        p.Received = Math.Max(p.Received, coins);
        p.Confirms = confirms;
        SetStatus(p, confirms >= p.ConfirmsNeeded && p.Received >= p.Amount ? "1" : "0", args);
    }

    private void SetStatus(CoinPaymentTransaction p, string status, Args args)
    {
        p.Status = status;
        p.UpdatedUtc = Now;
        Emit(p, status, args);
    }

    /// <summary>"Our system will not send any IPNs unless you have an IPN Secret set."</summary>
    protected override bool IsSubscribed(string eventType) => Settings["ipnSecret"].Length > 0;

    public override Webhook Compose(SimPayment payment, WebhookContent content)
    {
        var p = (CoinPaymentTransaction)payment;
        var status = content.Event ?? (content.Kind is "correct" or "double" or "automatic" ? p.Status : "100");
        var amount = content.Amount ?? p.ReportedAmount;
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var fields = new List<KeyValuePair<string, string>>
        {
            new("ipn_version", "1.0"),
            new("ipn_type", "api"),
            new("ipn_mode", "hmac"),
            new("ipn_id", id),
            new("merchant", Settings["merchantId"]),
            new("txn_id", content.Reference ?? p.Reference),
            new("status", status),
            new("status_text", Words(status)),
            new("currency1", "USD"),
            new("currency2", content.Currency ?? p.ReportedCurrency),
            new("amount1", Plain(Math.Round(p.PriceUsd * amount / p.Amount, 2))),
            new("amount2", Plain(amount)),
            new("received_amount", Plain(content.Amount ?? (p.Status == status ? p.Received : amount))),
            new("received_confirms", p.Confirms.ToString(CultureInfo.InvariantCulture)),
            new("invoice", p.Id.ToString(CultureInfo.InvariantCulture))
        };
        if (status == "100")
        {
            var fee = Math.Round(amount * 0.005m, 8);
            fields.Add(new("fee", Plain(fee)));
            fields.Add(new("net", Plain(amount - fee)));
        }
        var body = PhpForm.Encode(fields);
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" };
        if (content.Signature != Signature.Missing)
            headers["HMAC"] = Sign(body, content.Signature == Signature.Forged ? "forged" : Settings["ipnSecret"]);
        return new(p.Reference, content.Kind, id, status, body, headers);
    }

    /// <summary>Hex of HMAC-SHA512 of the raw body: of calls to api.php with the private key, of IPNs with the IPN secret.</summary>
    public static string Sign(string body, string secret) =>
        Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private static string Words(string status) => status switch
    {
        "-2" => "Refund / Reversal",
        "-1" => "Cancelled / Timed Out",
        "0" => "Waiting for buyer funds...",
        "1" => "Funds received and confirmed, sending to you shortly...",
        "2" => "Queued for nightly payout",
        "3" => "Pending",
        _ => "Complete"
    };

    private static string Plain(decimal amount) => amount.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Coins(decimal amount) => amount.ToString("0.00000000", CultureInfo.InvariantCulture);

    protected override string Mask(string text) => Tokens().Replace(text, "$1***");

    [GeneratedRegex(@"(Bearer |(?:^|&)key=)[^""&\s]+")]
    private static partial Regex Tokens();
}
