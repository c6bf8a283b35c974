using System.Net.Http.Headers;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// CryptoFuse's endpoints: with the API key, or with an access token.
/// </summary>
internal sealed class CryptoFuseClient(GatewayHttp http, CryptoFuseTokens tokens)
{
    private const int MethodNotAllowed = 405;

    /// <summary>POST /payments/create.</summary>
    public Task<CryptoFusePayment> CreateByKeyAsync(CryptoFuseCreateByKey body, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        ExplainedAsync(async () => GatewayJson.ReadAnswer<CryptoFusePayment>(
            await http.WriteAsync(CryptoFuseGateway.SystemName, () => WithKey(HttpMethod.Post, "payments/create", settings, body), cancellationToken)));

    /// <summary>GET /payments/{id}, which the document only hints at: null when the provider has no such payment, or no such call.</summary>
    public async Task<CryptoFusePayment?> FindByKeyAsync(string id, CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadByKeyAsync($"payments/{Uri.EscapeDataString(id)}", settings, cancellationToken) is { } answer
                ? GatewayJson.ReadAnswer<CryptoFusePayment>(answer)
                : null;
        }
        catch (GatewayException exception) when (exception is { Fault: GatewayFault.Refused, StatusCode: MethodNotAllowed })
        {
            return null;
        }
    }

    /// <summary>GET of what the API key may read; null for 404.</summary>
    public Task<GatewayResponse?> ReadByKeyAsync(string path, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        ExplainedAsync(() => http.ReadAsync(CryptoFuseGateway.SystemName, () => WithKey(HttpMethod.Get, path, settings), cancellationToken));

    /// <summary>POST /payments/.</summary>
    public Task<CryptoFusePayment> CreateByTokenAsync(CryptoFuseCreateByToken body, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        WithTokenAsync(settings, async token => GatewayJson.ReadAnswer<CryptoFusePayment>(
            await http.WriteAsync(CryptoFuseGateway.SystemName, () => WithToken(HttpMethod.Post, "payments/", settings, token, body), cancellationToken)), cancellationToken);

    /// <summary>GET of what an access token may read; null for 404.</summary>
    public Task<GatewayResponse?> ReadByTokenAsync(string path, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        WithTokenAsync(settings, token => http.ReadAsync(CryptoFuseGateway.SystemName, () => WithToken(HttpMethod.Get, path, settings, token), cancellationToken), cancellationToken);

    /// <summary>
    /// A kept token that is refused is renewed once: the refused call did nothing. A new one that is refused will not be better the
    /// next time.
    /// </summary>
    private Task<T> WithTokenAsync<T>(CryptoFuseSettings settings, Func<string, Task<T>> call, CancellationToken cancellationToken) => ExplainedAsync(async () =>
    {
        var token = await tokens.GetAsync(settings, refused: null, cancellationToken);
        try
        {
            return await call(token.Value);
        }
        catch (GatewayException exception) when (exception.Fault == GatewayFault.BadKey && !token.IsNew)
        {
            return await call((await tokens.GetAsync(settings, refused: token.Value, cancellationToken)).Value);
        }
    });

    private static async Task<T> ExplainedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (GatewayException exception)
        {
            throw CryptoFuseErrors.Explained(exception);
        }
    }

    private static HttpRequestMessage WithKey(HttpMethod method, string path, CryptoFuseSettings settings, object? body = null)
    {
        var request = Request(method, path, settings, body);
        request.Headers.Add("X-API-Key", settings.ApiKey);
        return GatewayHttp.WithSecret(request, settings.ApiKey);
    }

    private static HttpRequestMessage WithToken(HttpMethod method, string path, CryptoFuseSettings settings, string token, object? body = null)
    {
        var request = Request(method, path, settings, body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return GatewayHttp.WithSecret(request, settings.ClientSecret);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, CryptoFuseSettings settings, object? body)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.BaseUrl, path));
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
            request.Content = GatewayJson.Content(body);
        return request;
    }
}
