using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CryptoFuse;

/// <summary>The endpoints of both APIs. Paths of the current one end with a slash, those of the older one do not. Codes are documented, messages are not.</summary>
public sealed partial class CryptoFuseProvider
{
    private const string ReadOnlyKey = "cf_test_readonly";

    private static readonly string[] SeedFields = ["amount", "currency", "wallet_id", "callback_url", "custom_id", "description"];

    public override void MapApi(MerchantApi api)
    {
        api.Map("POST", "/payments/create", "create", Create);
        api.Map("GET", "/wallets", "wallets", ListWallets);
        api.Map("POST", "/payments/", "create", WithSlash(CreateCurrent));
        api.Map("GET", "/payments/", "list", WithSlash(List));
        api.Map("GET", "/payments/{id}", "info", r => IsCurrent(r) ? InfoCurrent(r) : Info(r));
        api.Map("POST", "/o/token/", "token", WithSlash(IssueToken));
        api.Map("GET", "/rates/", "rates", WithSlash(ShowRates));
        api.Map("GET", "/rates/{code}/", "rates", WithSlash(ShowRate));
        api.Map("GET", "/payment/{id}", "pay", ShowPayPage);
        api.Map("POST", "/payment/{id}", "pay", UsePayPage);
    }

    public override ApiAnswer Error(int status) => SeedError(status, Reason(status));

    public override ApiAnswer Error(int status, ApiRequest request) => IsCurrent(request) ? CurrentError(status, Reason(status)) : SeedError(status, Reason(status));

    private static bool IsCurrent(ApiRequest request) => request.Path.EndsWith('/');

    /// <summary>ASP.NET takes a path with and without the slash; the documented one has it.</summary>
    private static Func<ApiRequest, ApiAnswer> WithSlash(Func<ApiRequest, ApiAnswer> work) =>
        r => IsCurrent(r) ? work(r) : new(404, "<h1>Not Found</h1>", "text/html; charset=utf-8");

    private static string Reason(int status) => status switch
    {
        400 => "The request was malformed or contained invalid parameters.",
        401 => "Authentication failed. Check your API key or OAuth 2.0 access token.",
        403 => "Your API key does not have permission to create payments.",
        404 => "The specified wallet_id was not found.",
        422 => "The specified currency is not supported or not enabled for your account.",
        429 => "You have exceeded the rate limit for payment creation.",
        _ => "An error occurred with the payment processor. Contact support if this persists."
    };

    private static string Code(int status) => status switch
    {
        400 => "invalid_request",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "wallet_not_found",
        405 => "method_not_allowed", // ours
        422 => "currency_invalid",
        429 => "rate_limit_exceeded",
        _ => "server_error"
    };

    private ApiAnswer SeedError(int status, string message, string? code = null, int? retryAfter = null) =>
        Answer(status, new JsonObject { [Settings["errorShape"]] = code ?? Code(status), ["message"] = message }, RetryAfter(status, retryAfter));

    private ApiAnswer CurrentError(int status, string message, string? code = null, int? retryAfter = null) => Answer(status, new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = code ?? (status == 404 ? "not_found" : Code(status)), ["message"] = message, ["details"] = new JsonObject() }
    }, RetryAfter(status, retryAfter));

    private int? RetryAfter(int status, int? seconds) => status == 429 ? seconds ?? (int)Settings.Number("retryAfterSeconds") : null;

    private static ApiAnswer Answer(int status, JsonNode body, int? retryAfter = null) =>
        new(status, body.ToJsonString(Json), RetryAfterSeconds: retryAfter);

    private ApiAnswer Create(ApiRequest request)
    {
        if (!IsKnownKey(request) && Scopes(request) is null)
            return SeedError(401, Reason(401));
        if (request.Headers["X-API-Key"] == ReadOnlyKey || (!IsKnownKey(request) && !MayWrite(request)))
            return SeedError(403, Reason(403));
        if (WaitSeconds() is { } wait)
            return SeedError(429, Reason(429), retryAfter: wait);
        if (request.Json() is not { } body)
            return SeedError(400, "The body is not a JSON object.");
        if (Problem(body) is { } problem)
            return SeedError(400, problem);
        var currency = Text(body, "currency")!;
        if (!Rates.ContainsKey(currency))
            return SeedError(422, Reason(422));
        var wallet = Text(body, "wallet_id");
        if (wallet is not null && !Settings.List("wallets").Contains(wallet))
            return SeedError(404, Reason(404));

        var payment = Add(request, body, current: false, Positive(body, "amount")!.Value, currency, Text(body, "custom_id"), SeedFields, wallet, Text(body, "description"));
        return Answer(200, SeedView(payment));
    }

    private static string? Problem(JsonElement body)
    {
        if (SeedFields.Skip(1).FirstOrDefault(f => body.TryGetProperty(f, out var v) && v.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) is { } field)
            return $"{field} must be a string.";
        if (Positive(body, "amount") is null)
            return "amount must be a positive number.";
        if (Text(body, "currency") is null)
            return "currency is required.";
        if (Text(body, "wallet_id") is { } wallet && !IsUuidV4(wallet))
            return "wallet_id must be a UUID v4.";
        if (Text(body, "callback_url") is { } url && !IsCallbackUrl(url))
            return "callback_url must be a valid HTTPS URL.";
        return Text(body, "custom_id") is { Length: > 64 } ? "custom_id has at most 64 characters." : null;
    }

    private ApiAnswer Info(ApiRequest request)
    {
        if (Settings["statusEndpoint"] is "404")
            return SeedError(404, "Not found.", "not_found");
        if (Settings["statusEndpoint"] is "405")
            return SeedError(405, "Method not allowed.");
        if (!IsKnownKey(request) && Scopes(request) is null)
            return SeedError(401, Reason(401));
        return base.Find(request.Route["id"] as string ?? "") is CryptoFusePayment { IsCurrent: false } payment
            ? Answer(200, SeedView(payment))
            : SeedError(404, "Payment not found.", "not_found");
    }

    /// <summary>"result" is what the answer to POST /wallets has.</summary>
    private ApiAnswer ListWallets(ApiRequest request) => IsKnownKey(request)
        ? Answer(200, new JsonObject { ["result"] = new JsonArray([.. Settings.List("wallets").Select(id => new JsonObject { ["id"] = id })]) })
        : SeedError(401, Reason(401));

    private bool IsKnownKey(ApiRequest request) =>
        request.Headers["X-API-Key"].ToString() is var key && (key == ReadOnlyKey || Settings.List("apiKey").Contains(key));

    private JsonObject SeedView(CryptoFusePayment p)
    {
        var view = new JsonObject
        {
            ["payment_id"] = p.Reference,
            ["amount"] = p.ReportedAmount,
            ["currency"] = p.ReportedCurrency,
            ["address"] = p.Address,
            ["expiry_time"] = Stamp(p.ExpiresUtc),
            ["wallet_id"] = p.WalletId,
            ["status"] = p.Status
        };
        if (Settings.Flag("paymentPage"))
            view["payment_url"] = p.PayUrl;
        return view;
    }

    private CryptoFusePayment Add(ApiRequest request, JsonElement body, bool current, decimal amount, string currency, string? customId,
        string[] known, string? wallet = null, string? description = null)
    {
        var id = Guid.NewGuid().ToString();
        var payment = new CryptoFusePayment
        {
            IsCurrent = current,
            Reference = id,
            CustomId = customId,
            Amount = amount,
            Currency = currency,
            ReportedAmount = amount,
            ReportedCurrency = currency,
            PriceUsd = current ? Positive(body, "price_amount") : null,
            Status = current ? "waiting" : "pending",
            WalletId = wallet,
            Description = description,
            CallbackUrl = Text(body, "callback_url"),
            SuccessUrl = current ? Text(body, "success_url") : null,
            CancelUrl = current ? Text(body, "cancel_url") : null,
            Address = ChainAddress.For(currency),
            PayUrl = $"{request.BaseUrl}/{Name}/payment/{id}",
            CreatedUtc = Now,
            UpdatedUtc = Now,
            ExpiresUtc = Now + TimeSpan.FromMinutes(Settings.Number("expiryMinutes") is > 0 and var life ? (double)life : 60),
            Request = body,
            UnknownFields = [.. body.EnumerateObject().Select(f => f.Name).Except(known)]
        };
        Payments.Add(payment);
        if (Settings.Number("expiryMinutes") > 0)
            Later(payment.ExpiresUtc - Now, () =>
            {
                if (payment is { Status: "pending" or "waiting", Deposits.Count: 0 })
                    SetStatus(payment, "expired", Args.None);
            });
        return payment;
    }

    /// <summary>Null while another payment may be made, else the seconds until then.</summary>
    private int? WaitSeconds()
    {
        var window = TimeSpan.FromMinutes(1);
        var recent = Payments.Where(p => p.CreatedUtc > Now - window).ToList();
        return Settings.Number("createsPerMinute") is > 0 and var limit && recent.Count >= limit
            ? Math.Max(1, (int)Math.Ceiling((recent[0].CreatedUtc + window - Now).TotalSeconds))
            : null;
    }

    /// <summary>https as documented; http to this machine is let through, or nothing could be tried without certificates.</summary>
    private static bool IsCallbackUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri is { Scheme: "http", IsLoopback: true });

    private static bool IsUuidV4(string text) => Guid.TryParseExact(text, "D", out var id) && id.Version == 4;

    private static string Hash() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Token and blockchain of a code, as v0.9 named them apart. The chains' names are ours.</summary>
    private static (string Token, string Blockchain) Split(string currency)
    {
        (string Suffix, string Chain)[] chains = [("TRC20", "TRON"), ("ERC20", "ETHEREUM"), ("POLYGON", "POLYGON"), ("ARB", "ARBITRUM"), ("BSC", "BSC")];
        foreach (var (suffix, chain) in chains)
            if (currency.EndsWith(suffix, StringComparison.Ordinal))
                return (currency[..^suffix.Length], chain);
        return (currency, currency == "BTC" ? "BITCOIN" : "ETHEREUM");
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static decimal? Positive(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number > 0 ? number : null;
}
