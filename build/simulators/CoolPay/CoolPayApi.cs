using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoolPay;

/// <summary>The merchant's endpoints. The documents show no error body; these have QuickPay's shape.</summary>
public sealed partial class CoolPayProvider
{
    /// <summary>Fields of the create request that come back as they were sent.</summary>
    private static readonly string[] Echoed = ["text_on_statement", "branding_id", "basket", "shipping", "invoice_address", "shipping_address", "shopsystem"];

    private static readonly string[] CreateFields = ["order_id", "currency", "variables", .. Echoed];
    private static readonly string[] LinkUrls = ["continue_url", "cancel_url", "callback_url"];

    private static readonly string[] LinkFields =
    [
        "amount", "auto_capture", "autocapture", "language", "payment_methods", "customer_email", "branding_id", "autofee",
        .. LinkUrls, .. LinkUrls.Select(Together)
    ];

    private static readonly Dictionary<string, string> OperationNames = new() { ["capture"] = "Captured", ["refund"] = "Refunded", ["cancel"] = "Cancelled" };

    /// <summary>The document's.</summary>
    private const int FirstId = 99685196;

    private sealed record Refusal(string Field, string Message);

    public override void MapApi(MerchantApi api)
    {
        api.Map("POST", "/payments", "create", Known(Create));
        api.Map("GET", "/payments", "list", Known(List));
        api.Map("GET", "/payments/{id}", "info", Known(WithPayment((_, p) => Answer(200, View(p)))));
        api.Map("PUT", "/payments/{id}/link", "link", Known(WithPayment(PutLink)));
        foreach (var type in OperationNames.Keys)
            api.Map("POST", $"/payments/{{id}}/{type}", type, Known(WithPayment((r, p) => Operate(r, p, type))));
        api.Map("GET", "/pay/{token}", "pay", ShowPayPage);
        api.Map("POST", "/pay/{token}", "pay", UsePayPage);
    }

    public override ApiAnswer Error(int status) => Error(status, status switch
    {
        400 => "Validation error",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not found",
        429 => "Too many requests",
        _ => "Internal error"
    }, null);

    private static ApiAnswer Error(int status, string message, Refusal? refusal) => Answer(status, new JsonObject
    {
        ["message"] = message,
        ["errors"] = refusal is null ? new JsonObject() : new JsonObject { [refusal.Field] = new JsonArray(refusal.Message) },
        ["error_code"] = null
    });

    private static ApiAnswer Invalid(string field, string message) => Error(400, "Validation error", new(field, message));

    private static ApiAnswer Answer(int status, JsonNode body) => new(status, body.ToJsonString(Json));

    /// <summary>Basic authentication with an empty user name and the API key, and the version asked for.</summary>
    private Func<ApiRequest, ApiAnswer> Known(Func<ApiRequest, ApiAnswer> work) => request =>
        !IsAuthentic(request.Headers.Authorization.ToString()) ? Error(401)
        : request.Headers["Accept-Version"] != "v10" ? Invalid("Accept-Version", "v10 is required")
        : work(request);

    private bool IsAuthentic(string header)
    {
        var bytes = new byte[header.Length];
        return header.StartsWith("Basic ", StringComparison.Ordinal) && Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length) is [':', .. var key] && Settings.List("apiKey").Contains(key);
    }

    /// <summary>The path takes the number only, not the order_id.</summary>
    private Func<ApiRequest, ApiAnswer> WithPayment(Func<ApiRequest, CoolPayPayment, ApiAnswer> work) => request =>
        Payments.Cast<CoolPayPayment>().FirstOrDefault(p => p.Id.ToString(Invariant) == request.Route["id"] as string) is { } payment
            ? work(request, payment)
            : Error(404);

    private ApiAnswer Create(ApiRequest request)
    {
        if (Fields.Read(request) is not { } body)
            return Invalid("body", "is neither a JSON object nor a form");
        if (body.Text("order_id") is not { } order || !OrderIds().IsMatch(order))
            return Invalid("order_id", "must have 4 to 20 of the characters a-z, A-Z, 0-9 and -");
        if (body.Text("currency") is not { } currency || !CurrencyCodes().IsMatch(currency))
            return Invalid("currency", "must be a three-letter code");
        if (body.Has("variables", JsonValueKind.Object) == false)
            return Invalid("variables", "must be an object");
        if (Payments.Exists(p => p.Reference == order))
            return Invalid("order_id", "already exists on another payment");

        var payment = new CoolPayPayment
        {
            Id = FirstId + LastNumber++,
            Reference = order,
            Amount = 0,
            ReportedAmount = 0,
            Currency = currency.ToUpperInvariant(),
            ReportedCurrency = currency.ToUpperInvariant(),
            Status = "initial",
            PayUrl = "",
            CreatedUtc = Now,
            UpdatedUtc = Now,
            Request = body.Root,
            UnknownFields = body.NamesBut(CreateFields)
        };
        Payments.Add(payment);
        return Answer(201, View(payment));
    }

    private ApiAnswer List(ApiRequest request)
    {
        var order = request.Query["order_id"].ToString();
        var size = int.TryParse(request.Query["page_size"], out var asked) && asked > 0 ? asked : 20;
        var found = Payments.Cast<CoolPayPayment>().Reverse().Where(p => order.Length == 0 || p.Reference == order).Take(size);
        return Answer(200, new JsonArray([.. found.Select(p => View(p))]));
    }

    /// <summary>Creates the card link or changes it; its address stays the same.</summary>
    private ApiAnswer PutLink(ApiRequest request, CoolPayPayment p)
    {
        if (Fields.Read(request) is not { } body)
            return Invalid("body", "is neither a JSON object nor a form");
        if (body.Amount("amount") is not { } amount)
            return Invalid("amount", "must be a whole number of the currency's smallest unit, 1 to 999999999");
        if (p.Accepted)
            return Invalid("id", "Transaction in wrong state for this operation");
        if (!body.TryFlag(body.Has("auto_capture") ? "auto_capture" : "autocapture", out var autoCapture))
            return Invalid("auto_capture", "must be true or false");
        foreach (var name in LinkUrls)
            if (body.Text(name, Together(name)) is { } url && !Settings.IsWebAddress(url))
                return Invalid(name, "must be an absolute URL");

        p.PayUrl = p.PayUrl.Length > 0 ? p.PayUrl : $"{request.BaseUrl}/{Name}/pay/{RandomNumberGenerator.GetHexString(64, lowercase: true)}";
        p.Amount = p.ReportedAmount = amount;
        p.Link = new(p.PayUrl, amount, autoCapture, body.Text("continue_url", "continueurl"), body.Text("cancel_url", "cancelurl"),
            body.Text("callback_url", "callbackurl"), body.Text("language"), body.Text("payment_methods"));
        p.UnknownFields = [.. p.UnknownFields.Union(body.NamesBut(LinkFields))];
        p.UpdatedUtc = Now;
        return Answer(200, new JsonObject { ["url"] = p.PayUrl });
    }

    /// <summary>Done at once with ?synchronized, else 202 and later. A decline is no error answer.</summary>
    private ApiAnswer Operate(ApiRequest request, CoolPayPayment p, string type)
    {
        decimal? amount = null;
        if (type != "cancel" && (amount = Fields.Read(request)?.Amount("amount")) is null)
            return Invalid("amount", "must be a whole number of the currency's smallest unit, 1 to 999999999");
        var callbackUrl = (request.Headers["CoolPay-Callback-Url"] is [{ } own] ? own : request.Headers["QuickPay-Callback-Url"].ToString()).Trim();
        if (callbackUrl.Length > 0 && !Settings.IsWebAddress(callbackUrl))
            return Invalid("callback_url", "must be an absolute URL");
        if (Problem(p, type, amount) is { } problem)
            return Error(400, "Validation error", problem);

        var operation = Begin(p, type, amount, callbackUrl.Length > 0 ? callbackUrl : null);
        if (request.Query.ContainsKey("synchronized"))
        {
            Complete(p, operation, Args.None);
            return Answer(200, View(p));
        }
        if (Settings.Number("operationSeconds") is > 0 and var seconds)
            Later(TimeSpan.FromSeconds((double)seconds), () =>
            {
                if (operation.Pending)
                    Complete(p, operation, Args.None);
            });
        return Answer(202, View(p));
    }

    private static Refusal? Problem(CoolPayPayment p, string type, decimal? amount)
    {
        var cancelled = p.Operations.Exists(o => o.Type == "cancel" && (o.Pending || o.Approved));
        var possible = type switch
        {
            "capture" => p.Accepted && !cancelled && p.Claimed("capture") < p.Authorized,
            "refund" => p.Captured > p.Claimed("refund"),
            _ => p.Accepted && !cancelled && p.Claimed("capture") == 0
        };
        var most = type == "capture" ? p.Authorized - p.Claimed("capture") : p.Captured - p.Claimed("refund");
        return !possible ? new("id", "Transaction in wrong state for this operation")
            : amount > most ? new("amount", $"is more than the {most} that can be {OperationNames[type].ToLowerInvariant()}")
            : null;
    }

    private static string Together(string name) => name.Replace("_", "", StringComparison.Ordinal);

    [GeneratedRegex("^[a-zA-Z0-9-]{4,20}$")]
    private static partial Regex OrderIds();

    [GeneratedRegex("^[a-zA-Z]{3}$")]
    private static partial Regex CurrencyCodes();
}
