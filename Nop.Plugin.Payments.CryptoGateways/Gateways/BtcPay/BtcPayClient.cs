using System.Net.Http.Headers;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

/// <summary>
/// The endpoints of BTCPay Server's Greenfield API, version 1.
/// </summary>
internal sealed class BtcPayClient(GatewayHttp http)
{
    /// <summary>How the id of an on-chain payment method ends, after the coin's code.</summary>
    public const string OnChain = "-CHAIN";

    /// <summary>The code of errors whose message is the server's log.</summary>
    private const string GenericError = "generic-error";

    /// <summary>The code of a 403. The server also answers it for an invoice that does not exist.</summary>
    private const string MissingPermission = "missing-permission";

    /// <summary>POST /stores/{storeId}/invoices.</summary>
    public async Task<BtcPayInvoice> CreateAsync(BtcPayCreateRequest body, BtcPaySettings settings, CancellationToken cancellationToken)
    {
        var answer = await WithoutServerLogAsync(
            http.WriteAsync(BtcPayGateway.SystemName, () => Request(HttpMethod.Post, "invoices", settings, body), cancellationToken), body.Metadata.BuyerEmail);
        return GatewayJson.ReadResponse<BtcPayInvoice>(answer);
    }

    /// <summary>GET /stores/{storeId}/invoices/{id}; null if the server does not know the invoice.</summary>
    public async Task<BtcPayInvoice?> GetAsync(string id, BtcPaySettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await WithoutServerLogAsync(http.ReadAsync(BtcPayGateway.SystemName, () => Request(HttpMethod.Get, $"{InvoicePath(id)}?includePaymentMethods=true", settings), cancellationToken));
            return answer is null ? null : GatewayJson.ReadResponse<BtcPayInvoice>(answer);
        }
        catch (GatewayException exception) when (exception is { Fault: GatewayFault.Forbidden, Answer: { } body } && ErrorIn(body)?.Code == MissingPermission)
        {
            // With a key that may not read invoices, this call fails as well.
            await ListAsync([id], settings, cancellationToken);
            return null;
        }
    }

    /// <summary>GET /stores/{storeId}/invoices: the invoices with these orderIds, including archived ones.</summary>
    public async Task<IReadOnlyList<BtcPayInvoice>> ListAsync(IEnumerable<string> orderIds, BtcPaySettings settings, CancellationToken cancellationToken)
    {
        var filter = string.Join('&', orderIds.Select(id => $"orderId={Uri.EscapeDataString(id)}"));
        var answer = await WithoutServerLogAsync(
            http.ReadAsync(BtcPayGateway.SystemName, () => Request(HttpMethod.Get, $"invoices?{filter}&includeArchived=true&includePaymentMethods=true", settings), cancellationToken));
        var rows = GatewayJson.ReadResponse<JArray>(answer ?? throw NotFound("the list of invoices"));
        return GatewayJson.ReadRows<BtcPayInvoice>(rows, answer.ClockAhead).Rows;
    }

    /// <summary>GET /stores/{storeId}/invoices/{id}/payment-methods.</summary>
    public async Task<IReadOnlyList<BtcPayMethod>> MethodsAsync(string id, BtcPaySettings settings, CancellationToken cancellationToken)
    {
        var answer = await WithoutServerLogAsync(http.ReadAsync(BtcPayGateway.SystemName, () => Request(HttpMethod.Get, $"{InvoicePath(id)}/payment-methods", settings), cancellationToken));
        return GatewayJson.ReadRows<BtcPayMethod>(GatewayJson.ReadResponse<JArray>(answer ?? throw NotFound("the payment methods"))).Rows;
    }

    /// <summary>POST /stores/{storeId}/invoices/{id}/payment-methods/{paymentMethodId}/activate.</summary>
    public Task ActivateAsync(string id, string methodId, BtcPaySettings settings, CancellationToken cancellationToken) => WithoutServerLogAsync(
        http.WriteAsync(BtcPayGateway.SystemName, () => Request(HttpMethod.Post, $"{InvoicePath(id)}/payment-methods/{Uri.EscapeDataString(methodId)}/activate", settings), cancellationToken));

    /// <summary>GET /api-keys/current: the permissions of the key.</summary>
    public async Task<IReadOnlyList<string>> PermissionsAsync(BtcPaySettings settings, CancellationToken cancellationToken)
    {
        var answer = await WithoutServerLogAsync(http.ReadAsync(BtcPayGateway.SystemName, () => Authorized(new HttpRequestMessage(HttpMethod.Get, new Uri(settings.ApiUrl, "api-keys/current")), settings), cancellationToken));
        return [.. (GatewayJson.ReadResponse<BtcPayKey>(answer ?? throw NotFound("the API key")).Permissions ?? []).OfType<string>()];
    }

    private static string InvoicePath(string id) => $"invoices/{Uri.EscapeDataString(id)}";

    private static HttpRequestMessage Request(HttpMethod method, string path, BtcPaySettings settings, object? body = null) => Authorized(
        new HttpRequestMessage(method, new Uri(settings.ApiUrl, $"stores/{Uri.EscapeDataString(settings.StoreId)}/{path}")) { Content = body is null ? null : GatewayJson.Content(body) }, settings);

    private static HttpRequestMessage Authorized(HttpRequestMessage request, BtcPaySettings settings)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("token", settings.ApiKey);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    private static GatewayException NotFound(string what) => new(GatewayFault.Refused, $"answered 404 to the request for {what}: check the server URL") { StatusCode = 404 };

    /// <summary>
    /// Replaces the body in an exception's message: the message of a generic error is the server's log, and a response may echo the shopper's e-mail
    /// address.
    /// </summary>
    private static async Task<T> WithoutServerLogAsync<T>(Task<T> call, string? personal = null)
    {
        try
        {
            return await call;
        }
        catch (GatewayException exception) when (exception.Answer is { } answer && (ErrorIn(answer) is { Code: GenericError } || personal is { Length: > 0 }))
        {
            var message = ErrorIn(answer) switch
            {
                { Code: GenericError } => GenericError,
                { Message: { } text } when personal is { Length: > 0 } => text.Replace(personal, "…", StringComparison.OrdinalIgnoreCase),
                _ => "no message"
            };
            throw new GatewayException(exception.Fault, $"{exception.Message[..exception.Message.IndexOf(':', StringComparison.Ordinal)]}: {ExternalText.Excerpt(message)}") { StatusCode = exception.StatusCode };
        }
    }

    /// <summary>The error in a response, or the first of a list of validation errors; null if there is none.</summary>
    private static BtcPayError? ErrorIn(string answer)
    {
        try
        {
            return answer.TrimStart().StartsWith('[') ? GatewayJson.ReadRows<BtcPayError>(GatewayJson.Read<JArray>(answer)).Rows is [var first, ..] ? first : null : GatewayJson.Read<BtcPayError>(answer);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
