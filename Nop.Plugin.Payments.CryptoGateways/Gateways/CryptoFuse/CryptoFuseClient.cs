using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// The endpoints of CryptoFuse, authenticated with the API key or an access token.
/// </summary>
internal sealed class CryptoFuseClient(GatewayHttp http, CryptoFuseTokenCache tokens)
{
    private const int MethodNotAllowed = 405;

    /// <summary>POST /payments/create.</summary>
    public Task<CryptoFusePayment> CreateByKeyAsync(CryptoFuseCreateByKey body, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        WithExplanationAsync(async () => GatewayJson.ReadResponse<CryptoFusePayment>(
            await http.WriteAsync(CryptoFuseGateway.SystemName, () => WithKey(HttpMethod.Post, "payments/create", settings, body), cancellationToken)));

    /// <summary>GET /payments/{id}, which the documentation only implies; null if CryptoFuse has no such payment or no such endpoint.</summary>
    public async Task<CryptoFusePayment?> FindByKeyAsync(string id, CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadByKeyAsync($"payments/{Uri.EscapeDataString(id)}", settings, cancellationToken) is { } answer
                ? GatewayJson.ReadResponse<CryptoFusePayment>(answer)
                : null;
        }
        catch (GatewayException exception) when (exception is { Fault: GatewayFault.Refused, StatusCode: MethodNotAllowed })
        {
            return null;
        }
    }

    /// <summary>GET with the API key; null for a 404.</summary>
    public Task<GatewayResponse?> ReadByKeyAsync(string path, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        WithExplanationAsync(() => http.ReadAsync(CryptoFuseGateway.SystemName, () => WithKey(HttpMethod.Get, path, settings), cancellationToken));

    /// <summary>POST /payments/.</summary>
    public Task<CryptoFusePayment> CreateByTokenAsync(CryptoFuseCreateByToken body, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        WithTokenAsync(settings, async token => GatewayJson.ReadResponse<CryptoFusePayment>(
            await http.WriteAsync(CryptoFuseGateway.SystemName, () => WithToken(HttpMethod.Post, "payments/", settings, token, body), cancellationToken)), cancellationToken);

    /// <summary>GET with an access token; null for a 404.</summary>
    public Task<GatewayResponse?> ReadByTokenAsync(string path, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        WithTokenAsync(settings, token => http.ReadAsync(CryptoFuseGateway.SystemName, () => WithToken(HttpMethod.Get, path, settings, token), cancellationToken), cancellationToken);

    /// <summary>
    /// Renews a cached token once if it is refused: the refused call had no effect. A new token that is refused is not renewed again.
    /// </summary>
    private Task<T> WithTokenAsync<T>(CryptoFuseSettings settings, Func<string, Task<T>> call, CancellationToken cancellationToken) => WithExplanationAsync(async () =>
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

    private static async Task<T> WithExplanationAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (GatewayException exception)
        {
            throw CryptoFuseErrors.Explain(exception);
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

/// <summary>
/// Access tokens of the OAuth2 API: client credentials at /o/token/. A token is cached for all calls with the same settings and renewed before it
/// expires, by one call at a time.
/// </summary>
internal sealed class CryptoFuseTokenCache(GatewayHttp http, TimeProvider time)
{
    /// <summary>The share of a token's lifetime after which it is renewed.</summary>
    private const decimal RenewalShare = 0.9m;

    /// <summary>The lifetime in seconds if none is stated, and the maximum. CryptoFuse documents "typically 10 hours".</summary>
    private const decimal DefaultLifetime = 300m, MaxLifetime = 36_000m;

    private readonly ConcurrentDictionary<string, CacheEntry> _entries = new();

    /// <param name="settings">The account's settings.</param>
    /// <param name="refused">A token that CryptoFuse has just refused; null if none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="GatewayException">No token was obtained, so nothing else was called.</exception>
    public async Task<AccessToken> GetAsync(CryptoFuseSettings settings, string? refused, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(KeyOf(settings), _ => new CacheEntry());
        if (CachedTokenIn(entry, refused) is { } cached)
            return new AccessToken(cached, IsNew: false);

        try
        {
            await entry.RenewalLock.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new GatewayException(GatewayFault.NotCalled, "not called: no access token in time", exception);
        }

        try
        {
            return CachedTokenIn(entry, refused) is { } renewed
                ? new AccessToken(renewed, IsNew: false)
                : new AccessToken(await RenewAsync(entry, settings, cancellationToken), IsNew: true);
        }
        finally
        {
            entry.RenewalLock.Release();
        }
    }

    private string? CachedTokenIn(CacheEntry entry, string? refused) =>
        entry.Last is { } last && last.Token != refused && time.GetElapsedTime(last.RequestedOn) < last.Lifetime ? last.Token : null;

    private async Task<string> RenewAsync(CacheEntry entry, CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        var requestedOn = time.GetTimestamp();
        var answer = await http.ReadAsync(CryptoFuseGateway.SystemName, () => Request(settings), cancellationToken)
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404 to the access token request: check the API URL") { StatusCode = 404 };
        if (Read(answer) is not { AccessToken: { Length: > 0 } token } read || token.Any(c => c is <= ' ' or > '~'))
            throw new GatewayException(GatewayFault.BadAnswer, "the token response has no access token");

        var lifetime = Math.Clamp(read.ExpiresIn ?? DefaultLifetime, 0m, MaxLifetime);
        entry.Last = new CachedToken(token, requestedOn, TimeSpan.FromSeconds((long)(lifetime * RenewalShare)));
        return token;
    }

    /// <summary>Returns null for invalid JSON: an exception could expose the token in its excerpt.</summary>
    private static CryptoFuseToken? Read(GatewayResponse answer)
    {
        try
        {
            return GatewayJson.Read<CryptoFuseToken>(answer.Body);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static HttpRequestMessage Request(CryptoFuseSettings settings)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.BaseUrl, "o/token/"))
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "read write")])
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.ClientId}:{settings.ClientSecret}")));
        request.Headers.Accept.ParseAdd("application/json");
        return GatewayHttp.WithSecret(request, settings.ClientSecret);
    }

    /// <summary>One key for each API URL and client; a changed secret makes a new key.</summary>
    private static string KeyOf(CryptoFuseSettings settings) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.BaseUrl}\n{settings.ClientId}\n{settings.ClientSecret}")));

    private sealed class CacheEntry
    {
        public SemaphoreSlim RenewalLock { get; } = new(1);

        public CachedToken? Last { get; set; }
    }

    private sealed record CachedToken(string Token, long RequestedOn, TimeSpan Lifetime);
}

/// <summary>
/// An access token, and whether it was requested for this call: a new one is not renewed if it is refused.
/// </summary>
internal sealed record AccessToken(string Value, bool IsNew);

/// <summary>
/// Explains CryptoFuse's error codes to the owner. The older documentation lists the codes without the response body, so three forms are accepted:
/// {"error": code}, {"code": code} and, as in the current API, {"error": {"code": code}}.
/// </summary>
internal static class CryptoFuseErrors
{
    private static readonly Dictionary<string, string> _meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["invalid_request"] = "CryptoFuse rejected the request; the amount may be outside the coin's limits",
        ["unauthorized"] = "the API key or OAuth2 client is wrong or was revoked: enter it again",
        ["forbidden"] = "the key is valid but may not create payments: allow it in CryptoFuse's dashboard",
        ["wallet_not_found"] = "the account has no wallet with this id: correct it, or leave it empty for the main balance",
        ["currency_invalid"] = "the coin is not supported or not enabled for this account: enable it in CryptoFuse's dashboard or stop offering it",
        ["rate_limit_exceeded"] = "too many payments were created in a short time: calls to CryptoFuse pause for a while",
        ["server_error"] = "an error at CryptoFuse: contact its support if it persists",
        // Version 0.9 returns this for every call.
        ["deprecated_endpoint"] = "the API URL belongs to a version that CryptoFuse has shut down: correct it"
    };

    /// <summary>Adds the meaning of the error code in the response to the exception's message.</summary>
    public static GatewayException Explain(GatewayException exception) =>
        CodeIn(exception.Answer) is { } code && _meanings.TryGetValue(code, out var meaning)
            ? new GatewayException(exception.Fault, $"{exception.Message} ({meaning})", exception) { Answer = exception.Answer, StatusCode = exception.StatusCode }
            : exception;

    private static string? CodeIn(string? answer)
    {
        try
        {
            return GatewayJson.Read<Body>(answer ?? string.Empty) switch
            {
                { Error: JObject error } => error.Value<string>("code"),
                { Error: JValue { Type: JTokenType.String } error } => (string?)error,
                var body => body.Code?.Type == JTokenType.String ? (string?)body.Code : null
            };
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException)
        {
            return null;
        }
    }

    private sealed record Body
    {
        [JsonProperty("error")] public JToken? Error { get; init; }
        [JsonProperty("code")] public JToken? Code { get; init; }
    }
}
