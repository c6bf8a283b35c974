using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.Coinskro;

/// <summary>The merchant's endpoints. A message in a comment-free line is the documents' own; the rest is marked.</summary>
public sealed partial class CoinskroProvider
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] TextFields =
    [
        "currency", "payment_type", "customer_email", "customer_reference", "success_url", "failure_url", "payment_reference",
        "payment_note", "meta_data", "fee_payer"
    ];

    private static readonly string[] LinkFields = ["success_url", "failure_url"];

    public override void MapApi(MerchantApi api)
    {
        api.Map("PUT", "/payment/create", "create", Create);
        api.Map("GET", "/payment/info/{reference}", "info", Info);
        api.Map("POST", "/payment/fund-user", "fund-user", FundUser);
        api.Map("GET", "/pay", "pay", ShowPayPage);
        api.Map("POST", "/pay", "pay", UsePayPage);
    }

    public override ApiAnswer Error(int status) => Error(status, status switch
    {
        400 => "Currency not supported",
        401 => "Unauthorized: Missing secret key",
        403 => "Integration is not yet approved",
        404 => "Payment information not found",
        502 => "Failed to reach Coinskro backend",
        _ => "Server error" // undocumented text
    });

    /// <summary>1001 is the only code that the documents show.</summary>
    private static ApiAnswer Error(int status, string message) => Answer(status, new { message, data = (object?)null, code = 1001 });

    private static ApiAnswer Answer(int status, object body) => new(status, JsonSerializer.Serialize(body, Json));

    private ApiAnswer Create(ApiRequest request)
    {
        var key = Key(request);
        if (key == "sk_live_unapproved")
            return Error(403);
        if (!Settings.List("secretKey").Contains(key))
            return Error(401);
        if (request.Json() is not { } body)
            return Error(400, "Invalid JSON body"); // undocumented
        if (Problem(body) is { } problem)
            return Error(400, problem);

        var reference = Text(body, "payment_reference") ?? $"PAY_{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 9)}";
        var amount = body.GetProperty("amount").GetDecimal();
        var currency = Text(body, "currency")!;
        var payment = new CoinskroPayment
        {
            Reference = reference,
            Amount = amount,
            Currency = currency,
            ReportedAmount = amount,
            ReportedCurrency = currency,
            Status = "unlinked",
            PaymentType = Text(body, "payment_type")!,
            CustomerEmail = Text(body, "customer_email"),
            CustomerReference = Text(body, "customer_reference"),
            SuccessUrl = Text(body, "success_url"),
            FailureUrl = Text(body, "failure_url"),
            FeePayer = Text(body, "fee_payer") ?? "merchant",
            PayUrl = $"{request.BaseUrl}/{Name}/pay?reference={Uri.EscapeDataString(reference)}&app={_integrationId}",
            CreatedUtc = Now,
            UpdatedUtc = Now,
            Request = body,
            UnknownFields = [.. body.EnumerateObject().Select(f => f.Name).Except([.. TextFields, "amount", "item_list"])],
            SecretKey = key
        };
        Add(payment);
        if (Settings.Number("abandonAfterMinutes") is > 0 and var minutes)
            Later(TimeSpan.FromMinutes((double)minutes), () =>
            {
                if (payment is { Status: "unlinked" or "linked", Abandoned: false })
                    Abandon(payment, Args.None);
            });
        return Answer(200, new
        {
            message = "Payment created",
            data = new
            {
                PaymentData = new
                {
                    id = payment.Id,
                    payment_reference = reference,
                    amount,
                    currency,
                    payment_status = payment.Status,
                    payment_type = payment.PaymentType,
                    created_at = Stamp(payment.CreatedUtc)
                },
                PaymentURL = payment.PayUrl
            }
        });
    }

    private string? Problem(JsonElement body)
    {
        if (TextFields.FirstOrDefault(f => body.TryGetProperty(f, out var v) && v.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) is { } field)
            return $"{field} must be a string"; // undocumented
        if (Positive(body, "amount") is not { } amount)
            return "amount must be a positive number"; // documented for fund-user
        if (Text(body, "payment_type") is not { } type)
            return "Payment type is required";
        if (type is not ("deposit" or "withdrawal" or "debit" or "credit"))
            return "Payment type not supported";
        if (Text(body, "currency") is not { } currency || !Minimums.TryGetValue(currency, out var minimum))
            return "Currency not supported";
        if (type == "deposit" && amount < minimum)
            return $"Minimum amount for {currency} is {minimum}"; // the limit is documented, the answer is not
        if (Text(body, "payment_reference") is { } reference && Find(reference) is not null)
            return "Payment reference already exists"; // "must be unique" is documented, the answer is not
        if (LinkFields.FirstOrDefault(f => Text(body, f) is { } url && !Settings.IsWebAddress(url)) is { } link)
            return $"{link} must be an absolute URL"; // undocumented
        if (Text(body, "fee_payer") is not (null or "merchant" or "customer"))
            return "fee_payer must be merchant or customer"; // undocumented
        return body.TryGetProperty("item_list", out var list) && list.ValueKind != JsonValueKind.Null ? ItemProblem(list, amount) : null;
    }

    /// <summary>Our own strictness: the documents' examples add up, but nothing says that they must.</summary>
    private string? ItemProblem(JsonElement list, decimal amount)
    {
        if (list.ValueKind != JsonValueKind.Object || !list.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
            return "item_list.items must be an array";
        var sum = 0m;
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || Text(item, "name") is null || !item.TryGetProperty("price", out var price)
                || price.ValueKind != JsonValueKind.Number || !price.TryGetDecimal(out var each) || Positive(item, "quantity") is not { } quantity)
                return "each item needs name, price and quantity";
            sum += each * quantity;
        }
        return Settings.Flag("strictItems") && sum != amount ? "item_list does not add up to amount" : null;
    }

    /// <summary>The documents' curl sends no key here.</summary>
    private ApiAnswer Info(ApiRequest request) => Find(request.Route["reference"] as string ?? "") is not { } payment ? Error(404) : Answer(200, new
    {
        message = "Payment information",
        data = new
        {
            payment_reference = payment.Reference,
            amount = payment.ReportedAmount,
            currency = payment.ReportedCurrency,
            payment_status = payment.Status,
            created_at = Stamp(payment.CreatedUtc),
            updated_at = Stamp(payment.UpdatedUtc)
        }
    });

    private ApiAnswer FundUser(ApiRequest request)
    {
        if (!Settings.List("secretKey").Contains(Key(request)))
            return Error(401, "Missing or invalid Authorization header");
        if (request.Json() is not { } body || Text(body, "username") is not { } username)
            return Error(400, "username is required");
        if (Positive(body, "amount") is not { } amount)
            return Error(400, "amount must be a positive number");
        if (Text(body, "currency") is not ("pi" or "csk" or "usdt-bep20" or "usdc-bep20")) // pi and usdt-bep20 are documented
            return Error(400, "Currency not supported");
        if (!Settings.List("usernames").Contains(username))
            return Error(404, "User not found");
        if (amount > Settings.Number("balance"))
            return Error(403, "Insufficient business balance");
        return Answer(200, new { message = "User wallet funded successfully", data = (object?)null });
    }

    private static string Key(ApiRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..].Trim() : "";

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static decimal? Positive(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number > 0 ? number : null;
}
