using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// Access tokens of the current contract: OAuth2 client credentials at /o/token/. A token is kept for all calls with the same
/// settings and renewed before it ends, by one call at a time.
/// </summary>
internal sealed class CryptoFuseTokens(GatewayHttp http, TimeProvider time)
{
    /// <summary>How much of its life a token is used.</summary>
    private const decimal UsedShare = 0.9m;

    /// <summary>Life in seconds of a token about which nothing is said; the longest that is believed. Documented are "typically 10 hours".</summary>
    private const decimal UnknownLife = 300m, LongestLife = 36_000m;

    private readonly ConcurrentDictionary<string, ProviderWindow> _windows = new();

    /// <param name="settings">Whose token.</param>
    /// <param name="refused">A token that the provider has just refused; null for none.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="GatewayException">No token was to be had; certainly nothing else was called.</exception>
    public async Task<AccessToken> GetAsync(CryptoFuseSettings settings, string? refused, CancellationToken cancellationToken)
    {
        var window = _windows.GetOrAdd(WindowOf(settings), _ => new ProviderWindow());
        if (Kept(window, refused) is { } kept)
            return new AccessToken(kept, IsNew: false);

        try
        {
            await window.OneAtATime.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new GatewayException(GatewayFault.NotCalled, "not called: no access token in time", exception);
        }

        try
        {
            return Kept(window, refused) is { } others
                ? new AccessToken(others, IsNew: false)
                : new AccessToken(await RenewAsync(window, settings, cancellationToken), IsNew: true);
        }
        finally
        {
            window.OneAtATime.Release();
        }
    }

    private string? Kept(ProviderWindow window, string? refused) =>
        window.Last is { } last && last.Token != refused && time.GetElapsedTime(last.AskedOn) < last.Use ? last.Token : null;

    private async Task<string> RenewAsync(ProviderWindow window, CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var answer = await http.ReadAsync(CryptoFuseGateway.SystemName, () => Request(settings), cancellationToken)
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404 to the call for an access token: the API address is wrong") { StatusCode = 404 };
        if (Read(answer) is not { AccessToken: { Length: > 0 } token } read || token.Any(c => c is <= ' ' or > '~'))
            throw new GatewayException(GatewayFault.BadAnswer, "answered the call for an access token without one");

        var life = Math.Clamp(read.ExpiresIn ?? UnknownLife, 0m, LongestLife);
        window.Last = new KeptToken(token, asked, TimeSpan.FromSeconds((long)(life * UsedShare)));
        return token;
    }

    /// <summary>Null for what is no answer: an excerpt of it could show the token.</summary>
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

    /// <summary>One for each address and client; a changed secret is another client.</summary>
    private static string WindowOf(CryptoFuseSettings settings) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.BaseUrl}\n{settings.ClientId}\n{settings.ClientSecret}")));

    private sealed class ProviderWindow
    {
        public SemaphoreSlim OneAtATime { get; } = new(1);

        public KeptToken? Last { get; set; }
    }

    private sealed record KeptToken(string Token, long AskedOn, TimeSpan Use);
}

/// <summary>
/// A token, and whether it was fetched for this call: such a one is not renewed when it is refused.
/// </summary>
internal sealed record AccessToken(string Value, bool IsNew);
