using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoolPay;

/// <summary>The payment as the API shows it, and the callback, whose body is the same text.</summary>
public sealed partial class CoolPayProvider
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override Webhook Compose(SimPayment payment, WebhookContent content)
    {
        var p = (CoolPayPayment)payment;
        var about = p.Operations.FindLast(o => o.Type == content.Event) ?? p.Operations.LastOrDefault();
        var text = View(p, content).ToJsonString(Json);
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/json",
            ["CoolPay-Resource-Type"] = "Payment",
            ["CoolPay-Account-ID"] = Settings["merchantId"],
            ["CoolPay-API-Version"] = "v10"
        };
        if (content.Signature != Signature.Missing)
            headers[Settings["checksumHeader"]] = Sign(text, content.Signature == Signature.Forged ? "forged" : Settings["privateKey"]);
        return new(p.Reference, content.Kind, $"{p.Id}:{about?.Id}", about?.Type ?? "payment", text, headers, about?.CallbackUrl ?? p.Link?.CallbackUrl);
    }

    /// <summary>Lower-case hex of HMAC-SHA256 of the raw body, keyed with the account's private key.</summary>
    public static string Sign(string body, string privateKey) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(privateKey), Encoding.UTF8.GetBytes(body)));

    /// <param name="told">What a callback made by hand shall say instead of the truth.</param>
    private JsonObject View(CoolPayPayment p, WebhookContent? told = null)
    {
        // A lie about the amount is told of every amount in the resource.
        decimal? Amount(decimal? real) => real is null ? null : told?.Amount is { } lie ? decimal.Truncate(lie)
            : real == p.Amount ? p.ReportedAmount : real;

        var view = new JsonObject
        {
            ["id"] = told?.Reference is null ? p.Id : p.Id + 1_000_000,
            ["merchant_id"] = long.Parse(Settings["merchantId"], Invariant),
            ["order_id"] = told?.Reference is { } other ? other[..20] : p.Reference,
            ["accepted"] = p.Accepted,
            ["type"] = "Payment",
            ["test_mode"] = p.TestMode,
            ["currency"] = told?.Currency ?? p.ReportedCurrency,
            ["state"] = p.Status,
            ["variables"] = p.Request.TryGetProperty("variables", out var variables) && variables.ValueKind == JsonValueKind.Object
                ? JsonObject.Create(variables) : new JsonObject(),
            ["metadata"] = new JsonObject { ["type"] = p.Last4 is null ? null : "card", ["brand"] = p.Last4 is null ? null : "visa", ["last4"] = p.Last4 },
            ["link"] = p.Link is { } link ? LinkView(link, Amount(link.Amount)) : null,
            ["operations"] = new JsonArray([.. p.Operations.Select(o => OperationView(o, Amount(o.Amount)))]),
            ["balance"] = p.Balance,
            ["created_at"] = Stamp(p.CreatedUtc),
            ["updated_at"] = Stamp(p.UpdatedUtc)
        };
        foreach (var name in Echoed)
            if (p.Request.TryGetProperty(name, out var value))
                view[name] = JsonNode.Parse(value.GetRawText());
        return view;
    }

    private static JsonObject LinkView(PaymentLink link, decimal? amount) => new()
    {
        ["url"] = link.Url,
        ["amount"] = amount,
        ["auto_capture"] = link.AutoCapture,
        ["continue_url"] = link.ContinueUrl,
        ["cancel_url"] = link.CancelUrl,
        ["callback_url"] = link.CallbackUrl,
        ["language"] = link.Language,
        ["payment_methods"] = link.PaymentMethods
    };

    private JsonObject OperationView(Operation o, decimal? amount)
    {
        var prefix = Settings["statusNames"];
        var message = o.Code switch { null => null, ApprovedCode => "Approved", _ => "Rejected by acquirer" };
        return new()
        {
            ["id"] = o.Id,
            ["type"] = o.Type,
            ["amount"] = amount,
            ["pending"] = o.Pending,
            [$"{prefix}_status_code"] = o.Code,
            [$"{prefix}_status_msg"] = message,
            ["aq_status_code"] = o.Code,
            ["aq_status_msg"] = message,
            ["callback_url"] = o.CallbackUrl,
            ["callback_success"] = o.Callback is null ? null : o.Callback.State == "delivered",
            ["callback_response_code"] = o.Callback?.Attempts.LastOrDefault()?.Status,
            ["created_at"] = Stamp(o.CreatedUtc)
        };
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", Invariant);
}
