using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoinPay24;

/// <summary>An invoice. Reference is the merchant's order_id, Amount and Currency are the price.</summary>
public sealed class CoinPay24Invoice : SimPayment
{
    /// <summary>The path segment that ends payment_url; not the id.</summary>
    public string Token { get; init; } = Guid.NewGuid().ToString("N");
    public required long Id { get; init; }
    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? CallbackUrl { get; init; }
    public string? CancelUrl { get; init; }
    public string? SuccessUrl { get; init; }
    public string? PurchaserFullname { get; set; }
    public string? PurchaserEmail { get; set; }

    /// <summary>Null until the shopper or /checkout chose a coin; so are the address, the amount and the end.</summary>
    public string? PayCurrency { get; set; }
    public decimal? PayAmount { get; set; }
    public string? PaymentAddress { get; set; }
    public DateTimeOffset? ExpireUtc { get; set; }

    /// <summary>In units of PayCurrency.</summary>
    public decimal ReceivedCoins { get; set; }

    /// <summary>Coins were seen on the network; the invoice no longer expires.</summary>
    public bool Seen { get; set; }
    public decimal UnderpaidAmount => ReceivedCoins > 0 ? Math.Max(0, (PayAmount ?? 0) - ReceivedCoins) : 0;
    public decimal OverpaidAmount => Math.Max(0, ReceivedCoins - (PayAmount ?? 0));

    /// <summary>The key that created the invoice also signs its callbacks.</summary>
    internal string ApiKey { get; init; } = "";
}

/// <summary>CoinPay24 according to its web service page and its own plugins.</summary>
public sealed partial class CoinPay24Provider(Shared.Host host) : Provider(host, "coinpay24",
    [
        new("apiKey", "cp24_sandbox", "accepted keys, separated by commas"),
        new("paidStatus", "paid", "the word for a paid invoice: the page's or that of the provider's own plugins", "paid", "completed"),
        new("seenStatus", "pending", "the word while the network confirms (the page has both)", "pending", "confirming"),
        new("underpaidStatus", "pending", "what too little leads to (undocumented)", "pending", "paid", "invalid"),
        new("lateStatus", "paid", "what coins after the expiry lead to (undocumented)", "paid", "expired", "invalid"),
        new("hashAlgorithm", "sha256", "verify_hash: the page's text says SHA-256, its sample is as long as SHA-512", "sha256", "sha512"),
        new("hashOrder", "sorted", "verify_hash: fields sorted by name as in the provider's plugins, or as sent", "sorted", "received"),
        new("hashCase", "lower", "verify_hash: hex as in the plugins or as in the page's sample", "lower", "upper"),
        new("callbackFields", "all", "all 13 rows of the table, or only those of the page's sample", "all", "sample"),
        new("callbackIdField", "txn_id", "the nameless first row", "txn_id", "id", "both"),
        new("ids", "int", "size of invoice ids: as in the answers (7 digits) or as in the callback's sample (15)", "int", "long"),
        new("trailingComma", "false", "create's answer ends in a comma as the page prints it", "false", "true"),
        new("payCurrencies", "BTC,LTC,ETH,USDT,DOGE,TRX", "coins active in the merchant's panel"),
        new("rates", "USD=1,EUR=1.1,GBP=1.3,BTC=65000,LTC=80,ETH=3200,USDT=1,USDC=1,DOGE=0.125,TRX=0.16", "price of each currency in USD"),
        new("receiveCurrency", "USDT", "settlement currency"),
        new("feePercent", "1", "kept back from receive_amount (undocumented)"),
        new("lifeMinutes", "20", "an unpaid invoice then expires; 0: never"),
        new("invalidAfterDays", "7", "an unconfirmed payment then becomes invalid; 0: never"),
        new("invoicesPerHour", "1000", "limit of a user; 0: none"),
        new("requestsPerMinute", "200", "limit of an API app; 0: none"),
        new("requestsPerHour", "1000", "limit of an API app; 0: none"),
        new("privateNetworks", "allowed", "refused, as documented: no callback to localhost or a private address", "allowed", "refused")
    ], RetryDelays, Rules)
{
    /// <summary>"Payment notification is sent 40 times": 39 pauses, longer with the count of what was sent.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryDelays = [.. Enumerable.Range(1, 39).Select(count => count switch
    {
        <= 5 => TimeSpan.FromMinutes(1),
        <= 10 => TimeSpan.FromMinutes(5),
        <= 15 => TimeSpan.FromMinutes(10),
        <= 20 => TimeSpan.FromMinutes(20),
        <= 25 => TimeSpan.FromMinutes(30),
        <= 30 => TimeSpan.FromHours(1),
        <= 35 => TimeSpan.FromHours(5),
        _ => TimeSpan.FromDays(1)
    })];

    /// <summary>Only 200 is an acknowledgement; a redirect or a password ends it.</summary>
    public static readonly DeliveryRules Rules = new()
    {
        Delivered = status => status == 200,
        GivesUp = status => status is 301 or 302 or 401,
        Timeout = TimeSpan.FromSeconds(20)
    };

    private const string Open = "new", Chosen = "pending";

    private readonly RequestQuota _quota = new();

    public override string Title => "CoinPay24";
    public override string BasePath => "/coinpay24/v1";
    public override IReadOnlyList<(string Field, string Value)> ShopSettings => [("API key", FirstOf("apiKey"))];
    public override IReadOnlyList<string> Endpoints => ["create", "checkout", "get", "list", "pay"];
    public override IReadOnlyList<string> Statuses => [Open, Chosen, "confirming", "paid", "completed", "invalid", "expired", "canceled", "refunded"];
    public override IReadOnlyList<string> Currencies => [.. Rates.Keys];

    public override IReadOnlyList<string> Actions =>
        ["pay", "pay-short", "pay-over", "pay-late", "pay-twice", "choose", "confirm", "expire", "cancel", "invalid", "refund", "status"];

    private Dictionary<string, decimal> Rates => Settings.Prices("rates");

    /// <summary>By order_id (the newest, as it need not be unique) or by invoice id.</summary>
    public override SimPayment? Find(string reference) =>
        Payments.FindLast(p => p.Reference == reference) ?? Payments.Find(p => ((CoinPay24Invoice)p).Id.ToString(CultureInfo.InvariantCulture) == reference);

    public override void Act(SimPayment payment, string action, Args args)
    {
        var p = (CoinPay24Invoice)payment;
        var amount = args.Number("amount");
        if (action is not ("expire" or "cancel" or "refund" or "status") && p.PayCurrency is null)
            Choose(p, args.Text("currency") ?? Settings.List("payCurrencies")[0], args);
        switch (action)
        {
            case "choose":
                break;
            case "pay":
                Receive(p, amount ?? p.PayAmount!.Value, args);
                break;
            case "pay-short":
                Receive(p, amount ?? p.PayAmount!.Value / 2, args);
                break;
            case "pay-over":
                Receive(p, amount ?? p.PayAmount!.Value * 2, args);
                break;
            case "pay-late":
                SetStatus(p, "expired", args);
                Receive(p, amount ?? p.PayAmount!.Value, args);
                break;
            case "pay-twice":
                Receive(p, p.PayAmount!.Value, args);
                Receive(p, p.PayAmount!.Value, args);
                break;
            case "confirm":
                See(p, args);
                break;
            case "status":
                p.ReportedAmount = amount ?? p.ReportedAmount;
                p.ReportedCurrency = args.Text("currency") ?? p.ReportedCurrency;
                SetStatus(p, args.Text("status", "", [.. Statuses]), args);
                break;
            default:
                SetStatus(p, action switch { "expire" => "expired", "cancel" => "canceled", "refund" => "refunded", _ => "invalid" }, args);
                break;
        }
    }

    /// <exception cref="ArgumentException">The coin is not active.</exception>
    private void Choose(CoinPay24Invoice p, string coin, Args args)
    {
        if (!Settings.List("payCurrencies").Contains(coin) || !Rates.TryGetValue(coin, out var rate))
            throw new ArgumentException($"'{coin}' is not active");
        p.PayCurrency = coin;
        p.PayAmount = Math.Ceiling(p.Amount * Rates[p.Currency] / rate * 100_000_000m) / 100_000_000m;
        p.PaymentAddress = ChainAddress.For(coin);
        if (p.ExpireUtc is null)
        {
            p.ExpireUtc = Now + Life;
            ExpireLater(p);
        }
        if (p.Status == Open)
            SetStatus(p, Chosen, args);
    }

    protected override void Forget() => _quota.Forget();

    private TimeSpan Life => Settings.Number("lifeMinutes") is > 0 and var minutes ? TimeSpan.FromMinutes((double)minutes) : TimeSpan.FromDays(365);

    private void ExpireLater(CoinPay24Invoice p)
    {
        if (Settings.Number("lifeMinutes") == 0)
            return;
        var end = p.ExpireUtc;
        Later(Life, () =>
        {
            // Choosing a coin starts the clock again: the timer of the time before is then void.
            if (p.ExpireUtc == end && !p.Seen && p.Status is Open or Chosen)
                SetStatus(p, "expired", Args.None);
        });
    }

    private void See(CoinPay24Invoice p, Args args)
    {
        p.Seen = true;
        if (p.Status != Settings["seenStatus"])
            SetStatus(p, Settings["seenStatus"], args);
        if (Settings.Number("invalidAfterDays") is > 0 and var days)
            Later(TimeSpan.FromDays((double)days), () =>
            {
                if (p.Status is Chosen or "confirming")
                    SetStatus(p, "invalid", Args.None);
            });
    }

    private void Receive(CoinPay24Invoice p, decimal coins, Args args)
    {
        var late = p.Status == "expired";
        p.ReceivedCoins += coins;
        var status = p.UnderpaidAmount > 0 ? Settings["underpaidStatus"] : late ? Settings["lateStatus"] : "paid";
        SetStatus(p, status == "paid" ? Settings["paidStatus"] : status, args);
    }

    /// <summary>Callbacks come for every status but the first.</summary>
    private void SetStatus(CoinPay24Invoice p, string status, Args args)
    {
        p.Status = status;
        p.UpdatedUtc = Now;
        if (status != Open)
            Emit(p, status, args);
    }

    public override Webhook Compose(SimPayment payment, WebhookContent content)
    {
        var p = (CoinPay24Invoice)payment;
        var status = content.Event ?? (content.Kind is "correct" or "double" ? p.Status : Settings["paidStatus"]);
        var id = (content.Reference is null ? p.Id : p.Id + 7_000_000).ToString(CultureInfo.InvariantCulture);
        var all = Settings["callbackFields"] == "all";
        var paid = status is "paid" or "completed";
        var fields = new List<KeyValuePair<string, string>>();
        void Add(string name, string? value, bool when = true)
        {
            if (when && value is not null)
                fields.Add(new(name, value));
        }
        Add("txn_id", id, Settings["callbackIdField"] != "id");
        Add("id", id, Settings["callbackIdField"] != "txn_id");
        Add("order_id", content.Reference ?? p.Reference);
        Add("status", status);
        Add("price_amount", Decimal(content.Amount ?? p.ReportedAmount));
        Add("price_currency", content.Currency ?? p.ReportedCurrency);
        Add("receive_currency", Settings["receiveCurrency"], all);
        Add("receive_amount", paid ? Decimal(ReceiveAmount(p)) : "", all);
        Add("pay_amount", p.PayAmount is { } due ? Coins(due) : null);
        Add("pay_currency", p.PayCurrency);
        Add("underpaid_amount", Coins(p.UnderpaidAmount), all);
        Add("overpaid_amount", Coins(p.OverpaidAmount), all);
        Add("created_at", Stamp(p.CreatedUtc));
        if (content.Signature != Signature.Missing)
            Add("verify_hash", Hash(fields, content.Signature == Signature.Forged ? "forged" : p.ApiKey,
                Settings["hashAlgorithm"], Settings["hashOrder"] == "sorted", Settings["hashCase"] == "upper"));
        var url = p.CallbackUrl is { } own && Settings["privateNetworks"] == "refused" && IsPrivate(new Uri(own)) ? "" : p.CallbackUrl;
        return new(p.Reference, content.Kind, $"{id}-{status}", status, PhpForm.Encode(fields),
            new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" }, url);
    }

    /// <summary>The price in the settlement currency less the fee, to the cent.</summary>
    private decimal ReceiveAmount(CoinPay24Invoice p) =>
        Math.Round(p.Amount * Rates[p.Currency] / Rates[Settings["receiveCurrency"]] * (1 - Settings.Number("feePercent") / 100), 2);

    /// <summary>HMAC over the form of all fields but verify_hash, keyed with the API key. The documentation leaves open which form.</summary>
    public static string Hash(IEnumerable<KeyValuePair<string, string>> fields, string apiKey, string algorithm, bool sorted, bool upper)
    {
        var form = Encoding.UTF8.GetBytes(PhpForm.Encode(sorted ? fields.OrderBy(f => f.Key, StringComparer.Ordinal) : fields));
        var key = Encoding.UTF8.GetBytes(apiKey);
        var hash = Convert.ToHexString(algorithm == "sha512" ? HMACSHA512.HashData(key, form) : HMACSHA256.HashData(key, form));
        return upper ? hash : hash.ToLowerInvariant();
    }

    private static bool IsPrivate(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host, out var ip) && ip.GetAddressBytes() is
        [10, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..] or [169, 254, ..] or [>= 0xfc and <= 0xfd, _, _, _, _, ..]);

    /// <summary>At least one decimal, as in "10.0".</summary>
    private static string Decimal(decimal amount) => amount.ToString("0.0#########", CultureInfo.InvariantCulture);

    /// <summary>As in "0.001281" and "0".</summary>
    private static string Coins(decimal amount) => amount.ToString("0.##########", CultureInfo.InvariantCulture);

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);

    protected override string Mask(string text) => ApiKeys().Replace(text, "$1***");

    [GeneratedRegex(@"(api_key[""']?\s*[:=]\s*[""']?)[^""'&\s]+")]
    private static partial Regex ApiKeys();
}
