using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.BtcPay;

/// <summary>The endpoints of the Greenfield API that a shop uses, with the fields and errors of a real server.</summary>
public sealed partial class BtcPayProvider
{
    private int _last;

    public override void MapApi(MerchantApi api)
    {
        const string Invoices = "/api/v1/stores/{storeId}/invoices";
        api.Map("POST", Invoices, "create", request => Serve(request, "btcpay.store.cancreateinvoice", Create));
        api.Map("GET", Invoices, "list", request => Serve(request, "btcpay.store.canviewinvoices", List));
        api.Map("GET", Invoices + "/{id}", "get", request => Serve(request, "btcpay.store.canviewinvoices", r => WithInvoice(r, p => Answer(200, Json(p, r.Query["includePaymentMethods"] == "true")))));
        api.Map("GET", Invoices + "/{id}/payment-methods", "methods", request => Serve(request, "btcpay.store.canviewinvoices", r => WithInvoice(r, p => Answer(200, Methods(p)))));
        api.Map("POST", Invoices + "/{id}/payment-methods/{method}/activate", "activate", request => Serve(request, "btcpay.store.canviewinvoices", Activate));
        api.Map("GET", "/api/v1/api-keys/current", "key", request => IsKnown(request) ? Answer(200, new JsonObject { ["apiKey"] = Key(request), ["label"] = "shop", ["permissions"] = Permissions() }) : Error(401));
        api.Map("GET", "/i/{id}", "pay", ShowPayPage);
        api.Map("POST", "/i/{id}", "pay", UsePayPage);
    }

    public override ApiAnswer Error(int status) => status switch
    {
        401 => Error(401, "unauthenticated", "ApiKey authentication failed: Unknown API Key"),
        403 => Forbidden("btcpay.store.canviewinvoices"),
        404 => Error(404, "invoice-not-found", "The invoice was not found"),
        _ => Error(status, "generic-error", "Something failed")
    };

    private static ApiAnswer Forbidden(string permission) => Answer(403, new JsonObject
    {
        ["missingPermission"] = permission, ["code"] = "missing-permission",
        ["message"] = $"Insufficient API Permissions. Please use an API key with permission \"{permission}\". You can create an API key in your account's settings / Api Keys."
    });

    private static ApiAnswer Error(int status, string code, string message) => Answer(status, new JsonObject { ["code"] = code, ["message"] = message });

    private static ApiAnswer Invalid(string path, string message) => Answer(422, new JsonArray(new JsonObject { ["path"] = path, ["message"] = message }));

    private static ApiAnswer Answer(int status, JsonNode body) => new(status, body.ToJsonString());

    private static string Key(ApiRequest request) => request.Headers.Authorization.ToString() is var header && header.StartsWith("token ", StringComparison.Ordinal) ? header[6..] : "";

    private bool IsKnown(ApiRequest request) => Settings.List("apiKey").Contains(Key(request));

    private JsonArray Permissions() => [.. Settings.List("permissions").Select(permission => (JsonNode)$"{permission}:{Settings["storeId"]}")];

    /// <summary>An unknown store and an unknown invoice are both a missing permission.</summary>
    private ApiAnswer Serve(ApiRequest request, string permission, Func<ApiRequest, ApiAnswer> work) =>
        !IsKnown(request) ? Error(401)
        : request.Route["storeId"] as string != Settings["storeId"] || !Settings.List("permissions").Contains(permission) ? Forbidden(permission)
        : work(request);

    private ApiAnswer WithInvoice(ApiRequest request, Func<BtcPayInvoice, ApiAnswer> work) => ById(request) is { } invoice ? work(invoice) : Error(403);

    private BtcPayInvoice? ById(ApiRequest request) => Payments.Cast<BtcPayInvoice>().FirstOrDefault(p => p.Id == request.Route["id"] as string);

    private ApiAnswer Create(ApiRequest request)
    {
        if (request.Json() is not { } body)
            return Error(400, "generic-error", "Invalid JSON");
        var checkout = body.TryGetProperty("checkout", out var sent) && sent.ValueKind == JsonValueKind.Object ? JsonNode.Parse(sent.GetRawText())!.AsObject() : [];
        var metadata = body.TryGetProperty("metadata", out var given) && given.ValueKind == JsonValueKind.Object ? JsonNode.Parse(given.GetRawText())!.AsObject() : [];
        var currency = body.TryGetProperty("currency", out var code) ? code.ToString() : "USD";
        if (!body.TryGetProperty("amount", out var text) || !decimal.TryParse(text.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
            return Error(400, "generic-error", "Invalid amount");
        if (amount < 0)
            return Invalid("Amount", "The amount should be 0 or more.");
        if (!Rates.TryGetValue(currency, out var price))
            return Error(400, "generic-error", $"No payment method available for this invoice, the rate of {currency} is unknown");

        amount = Math.Round(amount, currency == "JPY" ? 0 : 2);
        var ids = checkout["paymentMethods"] is JsonArray { Count: > 0 } wanted ? wanted.Select(id => id!.ToString()).Where(Settings.List("paymentMethods").Contains).ToArray() : Settings.List("paymentMethods");
        if (checkout["paymentMethods"] is JsonArray unknown && unknown.FirstOrDefault(id => !Rates.ContainsKey(id!.ToString().Split('-')[0])) is { } first)
            return Invalid($"Checkout.PaymentMethods[{unknown.IndexOf(first)}]", "Invalid PaymentMethodId");
        var methods = ids.Select(id => new BtcPayMethod(id, id.Split('-')[0], Rates[id.Split('-')[0]] / price, Settings.Number("networkFee"))).Where(method => amount / method.Rate >= 0.00000546m).ToList();
        if (methods.Count == 0)
            return Error(400, "generic-error", "Error retrieving a matching payment method or rate.\nInfo Creation of invoice starting\nError BTC-CHAIN: Payment method unavailable (Amount below the dust threshold)");

        var lazy = checkout["lazyPaymentMethods"]?.ToString() == "true";
        foreach (var method in methods)
            method.Destination = lazy ? null : ChainAddress.For(method.Currency);
        var minutes = decimal.TryParse(checkout["expirationMinutes"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var own) ? own : Settings.Number("expirationMinutes");
        var expiration = Now + (minutes > 0 ? TimeSpan.FromMinutes((double)minutes) : TimeSpan.FromDays(365));
        var id = NewId();
        var invoice = new BtcPayInvoice
        {
            Id = id,
            Reference = metadata["orderId"]?.ToString() ?? id,
            Amount = amount,
            Currency = currency,
            ReportedAmount = amount,
            ReportedCurrency = currency,
            Status = "New",
            Metadata = metadata,
            Checkout = checkout,
            Methods = methods,
            PayUrl = $"{request.BaseUrl}/{Name}/i/{id}",
            CreatedUtc = Now.AddMilliseconds(_last++ % 1000),
            UpdatedUtc = Now,
            Minutes = minutes,
            ExpirationUtc = expiration,
            MonitoringUtc = expiration.AddDays(1),
            Request = body
        };
        Payments.Add(invoice);
        Emit(invoice, "InvoiceCreated", Args.None);
        if (minutes > 0)
            Later(expiration - Now, () => Expire(invoice, Args.None));
        return Answer(200, Json(invoice, withMethods: false));
    }

    /// <summary>Newest first, archived ones only on request.</summary>
    private ApiAnswer List(ApiRequest request)
    {
        var orders = request.Query["orderId"];
        var found = Payments.Cast<BtcPayInvoice>().Reverse().Where(p => (orders.Count == 0 || orders.Contains(p.Metadata["orderId"]?.ToString())) && (!p.Archived || request.Query["includeArchived"] == "true"));
        return Answer(200, new JsonArray([.. found.Take(125).Select(p => (JsonNode)Json(p, request.Query["includePaymentMethods"] == "true"))]));
    }

    private ApiAnswer Activate(ApiRequest request) => WithInvoice(request, p =>
    {
        if (p.Methods.Find(m => m.Id == request.Route["method"] as string) is not { } method)
            return Error(404, "payment-method-not-found", "The payment method was not found");

        method.Destination ??= ChainAddress.For(method.Currency);
        return new(200, "");
    });

    private JsonObject Json(BtcPayInvoice p, bool withMethods)
    {
        var checkout = new JsonObject
        {
            ["speedPolicy"] = "MediumSpeed", ["paymentMethods"] = new JsonArray([.. p.Methods.Select(m => (JsonNode)m.Id)]), ["defaultPaymentMethod"] = null,
            ["expirationMinutes"] = p.Minutes, ["monitoringMinutes"] = 1440, ["paymentTolerance"] = 0.0,
            ["redirectURL"] = p.Checkout["redirectURL"]?.DeepClone(), ["redirectAutomatically"] = p.Checkout["redirectAutomatically"]?.DeepClone() ?? false, ["defaultLanguage"] = p.Checkout["defaultLanguage"]?.DeepClone(), ["lazyPaymentMethods"] = p.Checkout["lazyPaymentMethods"]?.DeepClone()
        };
        var invoice = new JsonObject
        {
            ["id"] = p.Id, ["storeId"] = Settings["storeId"], ["amount"] = Fiat(p.ReportedAmount), ["paidAmount"] = Fiat(Math.Round(p.Paid, p.Currency == "JPY" ? 0 : 2)), ["checkoutLink"] = p.PayUrl,
            ["status"] = p.Status, ["additionalStatus"] = p.Additional, ["monitoringExpiration"] = p.MonitoringUtc.ToUnixTimeSeconds(), ["expirationTime"] = p.ExpirationUtc.ToUnixTimeSeconds(),
            ["createdTime"] = p.CreatedUtc.ToUnixTimeSeconds(), ["availableStatusesForManualMarking"] = new JsonArray([.. p.Markable.Select(status => (JsonNode)status)]), ["archived"] = p.Archived, ["type"] = "Standard", ["currency"] = p.ReportedCurrency,
            ["metadata"] = p.Metadata.DeepClone(), ["checkout"] = checkout, ["receipt"] = new JsonObject { ["enabled"] = true, ["showQR"] = true, ["showPayments"] = true }
        };
        invoice["paymentMethods"] = withMethods ? Methods(p) : [];
        return invoice;

        string Fiat(decimal amount) => amount == 0m ? "0" : amount.ToString(p.Currency == "JPY" ? "0" : "0.00", CultureInfo.InvariantCulture);
    }

    private static JsonArray Methods(BtcPayInvoice p) => [.. p.Methods.Select(m => (JsonNode)new JsonObject
    {
        ["activated"] = m.Destination is not null, ["destination"] = m.Destination, ["paymentLink"] = m.Destination is null ? "" : Link(p, m), ["rate"] = Coins(m.Rate),
        ["paymentMethodPaid"] = Coins(p.Payments.Where(one => one.Method == m).Sum(one => one.Value)), ["totalPaid"] = Coins(p.Total(m) - p.Due(m)), ["due"] = Coins(p.Due(m)), ["amount"] = Coins(p.Total(m)),
        ["paymentMethodFee"] = Coins(p.Total(m) - BtcPayInvoice.Coins(p.Amount / m.Rate)), ["payments"] = new JsonArray([.. p.Payments.Where(one => one.Method == m).Select(one => (JsonNode)Json(one))]),
        ["paymentMethodId"] = m.Id, ["currency"] = m.Currency, ["additionalData"] = null
    })];

    /// <summary>Without an amount once nothing is due.</summary>
    private static string Link(BtcPayInvoice p, BtcPayMethod m) => $"{(m.Currency == "BTC" ? "bitcoin" : "litecoin")}:{m.Destination}{(p.Due(m) > 0 ? $"?amount={Coins(p.Due(m))}" : "")}";

    private static JsonObject Json(BtcPayPayment one) => new()
    {
        ["id"] = one.Id, ["receivedDate"] = one.ReceivedUtc.ToUnixTimeSeconds(), ["value"] = Coins(one.Value), ["fee"] = Coins(one.Fee), ["status"] = one.Status, ["destination"] = one.Method.Destination
    };

    /// <summary>Without zeros at the end.</summary>
    private static string Coins(decimal amount) => amount.ToString("0.##################", CultureInfo.InvariantCulture);
}
