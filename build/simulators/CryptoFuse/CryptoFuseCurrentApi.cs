using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CryptoFuse;

/// <summary>The current contract: OAuth2 client credentials, prices in USD, rates.</summary>
public sealed partial class CryptoFuseProvider
{
    /// <summary>Who pays the network fee; the simulation has none.</summary>
    private const string FeePayer = "is_fee_paid_by_user";

    private static readonly string[] CurrentFields = ["price_amount", "price_currency", "pay_currency", "order_id", "order_description", "callback_url", "success_url", "cancel_url"];

    /// <summary>Kept over a reset: a merchant's token stays good when the payments are forgotten.</summary>
    private readonly Dictionary<string, (DateTimeOffset Expires, string[] Scopes)> _tokens = [];

    /// <summary>Error answers as in RFC 6749; the documents show none.</summary>
    private ApiAnswer IssueToken(ApiRequest request)
    {
        var (id, secret) = Client(request);
        if (id != Settings["clientId"] || secret != Settings["clientSecret"])
            return Answer(401, new JsonObject { ["error"] = "invalid_client" });
        if (request.Field("grant_type") != "client_credentials")
            return Answer(400, new JsonObject { ["error"] = "unsupported_grant_type" });
        var scope = request.Field("scope") is { Length: > 0 } asked ? asked : "read write";
        if (scope.Split(' ').Except(["read", "write"]).Any())
            return Answer(400, new JsonObject { ["error"] = "invalid_scope" });

        foreach (var old in _tokens.Where(t => t.Value.Expires <= Now).Select(t => t.Key).ToList())
            _tokens.Remove(old);
        var token = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 30);
        var seconds = (int)Settings.Number("tokenSeconds");
        _tokens[token] = (Now.AddSeconds(seconds), scope.Split(' '));
        return Answer(200, new JsonObject { ["access_token"] = token, ["expires_in"] = seconds, ["token_type"] = "Bearer", ["scope"] = scope });
    }

    private static (string Id, string Secret) Client(ApiRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.Ordinal))
            return (request.Field("client_id"), request.Field("client_secret"));
        var bytes = new byte[header.Length];
        var pair = Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        return pair.IndexOf(':') is >= 0 and var colon ? (pair[..colon], pair[(colon + 1)..]) : ("", "");
    }

    /// <summary>What the bearer token may do; null: no token, an unknown or an expired one.</summary>
    private string[]? Scopes(ApiRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal)
        && _tokens.TryGetValue(header[7..].Trim(), out var token) && token.Expires > Now ? token.Scopes : null;

    private bool MayWrite(ApiRequest request) => Scopes(request)?.Contains("write") == true;

    private ApiAnswer CreateCurrent(ApiRequest request)
    {
        if (Scopes(request) is null)
            return CurrentError(401, Reason(401));
        if (!MayWrite(request))
            return CurrentError(403, "The token lacks the scope write.");
        if (WaitSeconds() is { } wait)
            return CurrentError(429, Reason(429), retryAfter: wait);
        if (request.Json() is not { } body)
            return CurrentError(400, "The body is not a JSON object.");
        if (ProblemOfCurrent(body) is { } problem)
            return CurrentError(400, problem);
        var currency = Text(body, "pay_currency")!;
        if (!Rates.TryGetValue(currency, out var rate))
            return CurrentError(422, Reason(422));

        var amount = Up(Positive(body, "price_amount")!.Value / rate);
        return Answer(201, CurrentView(Add(request, body, current: true, amount, currency, Text(body, "order_id"), [.. CurrentFields, FeePayer])));
    }

    private static string? ProblemOfCurrent(JsonElement body)
    {
        if (CurrentFields.Skip(1).FirstOrDefault(f => body.TryGetProperty(f, out var v) && v.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) is { } field)
            return $"{field} must be a string.";
        if (Positive(body, "price_amount") is null)
            return "price_amount must be a positive number.";
        if (Text(body, "price_currency") is not "USD")
            return "price_currency must be USD.";
        if (Text(body, "pay_currency") is null)
            return "pay_currency is required.";
        if (Text(body, "callback_url") is { } url && !IsCallbackUrl(url))
            return "callback_url must be a valid HTTPS URL.";
        if (body.TryGetProperty(FeePayer, out var payer) && payer.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return $"{FeePayer} must be a boolean.";
        return Text(body, "order_id") is { Length: > 100 } ? "order_id has at most 100 characters." : null;
    }

    private ApiAnswer InfoCurrent(ApiRequest request)
    {
        if (Scopes(request) is null)
            return CurrentError(401, Reason(401));
        return base.Find(request.Route["id"] as string ?? "") is CryptoFusePayment { IsCurrent: true } payment
            ? Answer(200, CurrentView(payment))
            : CurrentError(404, "Payment not found.");
    }

    /// <summary>The envelope is Django REST Framework's, as the paths suggest; the documents' was not seen.</summary>
    private ApiAnswer List(ApiRequest request)
    {
        if (Scopes(request) is null)
            return CurrentError(401, Reason(401));
        var found = Payments.Cast<CryptoFusePayment>().Where(p => p.IsCurrent
            && Asked("order_id", p.CustomId) && Asked("status", p.Status) && Asked("pay_currency", p.Currency)).Reverse().ToList();
        var size = int.TryParse(request.Field("page_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : 20;
        return Answer(200, new JsonObject
        {
            ["count"] = found.Count,
            ["next"] = null,
            ["previous"] = null,
            ["results"] = new JsonArray([.. found.Take(size).Select(CurrentView)])
        });

        bool Asked(string name, string? value) => request.Field(name) is not { Length: > 0 } wanted || wanted == value;
    }

    private JsonObject CurrentView(CryptoFusePayment p)
    {
        var (token, blockchain) = Split(p.ReportedCurrency);
        var view = new JsonObject
        {
            ["transaction_id"] = p.Reference,
            ["status"] = p.Status,
            ["amount_usd"] = p.PriceUsd,
            ["amount_crypto"] = p.ReportedAmount,
            ["blockchain"] = blockchain,
            ["token"] = token,
            ["currency"] = p.ReportedCurrency,
            ["address"] = p.Address,
            ["transaction_hash"] = p.Deposits.LastOrDefault()?.TransactionHash,
            ["order_id"] = p.CustomId,
            ["callback_url"] = p.CallbackUrl,
            ["expiry_time"] = Stamp(p.ExpiresUtc),
            ["confirmations"] = p.Confirmations,
            ["payment_type"] = PaymentType(p),
            ["payment_history"] = History(p)
        };
        if (Settings.Flag("paymentPage"))
            view["payment_url"] = p.PayUrl;
        return view;
    }

    /// <summary>All rates, or an estimate if an amount is given; "refreshed every 60 s" in the real thing.</summary>
    private ApiAnswer ShowRates(ApiRequest request)
    {
        if (Scopes(request) is null)
            return CurrentError(401, Reason(401));
        if (request.Field("amount") is not { Length: > 0 } text)
            return Answer(200, new JsonObject { ["base"] = "USD", ["rates"] = new JsonObject(Rates.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value))) });
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || request.Field("currency_from") != "USD")
            return CurrentError(400, Reason(400));
        return Rates.TryGetValue(request.Field("currency_to"), out var rate)
            ? Answer(200, new JsonObject { ["estimated_amount"] = Up(amount / rate), ["rate"] = rate, ["fee_percentage"] = 1.0m })
            : CurrentError(422, Reason(422));
    }

    private ApiAnswer ShowRate(ApiRequest request)
    {
        if (Scopes(request) is null)
            return CurrentError(401, Reason(401));
        var code = request.Route["code"] as string ?? "";
        return Rates.TryGetValue(code, out var rate)
            ? Answer(200, new JsonObject { ["currency"] = code, ["rate_usd"] = rate })
            : CurrentError(422, Reason(422));
    }

    /// <summary>Rounded up to eight decimals.</summary>
    private static decimal Up(decimal amount) => Math.Ceiling(amount * 100_000_000m) / 100_000_000m;
}
