using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

/// <summary>
/// The endpoints of CoolPay.
/// </summary>
internal sealed class CoolPayClient(GatewayHttp http)
{
    /// <summary>The headers with the callback URL of a capture, refund or cancel operation. CoolPay's own plugins use either name.</summary>
    private static readonly string[] _callbackUrlHeaders = ["CoolPay-Callback-Url", "QuickPay-Callback-Url"];

    /// <summary>POST /payments.</summary>
    public async Task<CoolPayPayment> CreateAsync(CoolPayCreateRequest body, CoolPaySettings settings, CancellationToken cancellationToken) =>
        GatewayJson.ReadResponse<CoolPayPayment>(await WriteAsync(HttpMethod.Post, "payments", settings, cancellationToken, body));

    /// <summary>PUT /payments/{id}/link.</summary>
    public async Task<CoolPayLink> LinkAsync(string id, CoolPayLinkRequest body, CoolPaySettings settings, CancellationToken cancellationToken) =>
        GatewayJson.ReadResponse<CoolPayLink>(await WriteAsync(HttpMethod.Put, $"payments/{Uri.EscapeDataString(id)}/link", settings, cancellationToken, body));

    /// <summary>GET /payments/{id}; null if CoolPay does not know the payment.</summary>
    public async Task<CoolPayPayment?> PaymentAsync(string id, CoolPaySettings settings, CancellationToken cancellationToken) =>
        await ReadAsync($"payments/{Uri.EscapeDataString(id)}", settings, cancellationToken) is { } answer ? GatewayJson.ReadResponse<CoolPayPayment>(answer) : null;

    /// <summary>GET /payments?order_id={orderId}: the readable payments and the number of rows; null for a 404.</summary>
    public async Task<(IReadOnlyList<CoolPayPayment> Payments, int Count)?> PaymentsAsync(string orderId, CoolPaySettings settings, CancellationToken cancellationToken) =>
        await ReadAsync($"payments?order_id={Uri.EscapeDataString(orderId)}", settings, cancellationToken) is { } answer
            && GatewayJson.ReadResponse<IReadOnlyList<JToken?>>(answer) is var rows
            ? (GatewayJson.ReadRows<CoolPayPayment>(rows).Rows, rows.Count)
            : null;

    /// <summary>POST /payments/{id}/{type}?synchronized: CoolPay responds when the operation is done or takes too long.</summary>
    public async Task<CoolPayPayment> OperateAsync(string id, string type, CoolPayAmount? body, Uri callbackUrl, CoolPaySettings settings, CancellationToken cancellationToken) =>
        GatewayJson.ReadResponse<CoolPayPayment>(await WriteAsync(HttpMethod.Post, $"payments/{Uri.EscapeDataString(id)}/{type}?synchronized", settings, cancellationToken, body, callbackUrl));

    private Task<GatewayResponse?> ReadAsync(string path, CoolPaySettings settings, CancellationToken cancellationToken) =>
        http.ReadAsync(CoolPayGateway.SystemName, () => Request(HttpMethod.Get, path, settings), cancellationToken);

    private Task<GatewayResponse> WriteAsync(HttpMethod method, string path, CoolPaySettings settings, CancellationToken cancellationToken, object? body = null, Uri? callbackUrl = null) =>
        http.WriteAsync(CoolPayGateway.SystemName, () => Request(method, path, settings, body, callbackUrl), cancellationToken);

    private static HttpRequestMessage Request(HttpMethod method, string path, CoolPaySettings settings, object? body = null, Uri? callbackUrl = null)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.BaseUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($":{settings.ApiKey}")));
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("Accept-Version", "v10");
        if (callbackUrl is not null)
        {
            foreach (var name in _callbackUrlHeaders)
                request.Headers.Add(name, callbackUrl.AbsoluteUri);
        }
        if (body is not null)
            request.Content = GatewayJson.Content(body);
        return GatewayHttp.WithSecret(request, settings.ApiKey);
    }
}
