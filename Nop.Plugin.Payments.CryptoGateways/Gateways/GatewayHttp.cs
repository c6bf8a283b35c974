using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using static Nop.Plugin.Payments.CryptoGateways.Gateways.GatewayFault;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// The HTTP client of all gateways. It limits time and size, follows no redirects, retries only what is safe to retry, and pauses calls to a
/// provider that keeps failing.
/// </summary>
public class GatewayHttp(IHttpClientFactory httpClientFactory, CryptoGatewaysTelemetry telemetry, ProviderRateLimiter rateLimiter, TimeProvider time)
{
    /// <summary>The name of the HTTP client, which NopStartup configures.</summary>
    public const string ClientName = "Nop.Plugin.Payments.CryptoGateways";

    /// <summary>The timeout of one call.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>The maximum size of a response in bytes.</summary>
    public const int MaxResponseBytes = 1024 * 1024;

    /// <summary>Sent with every call: the plugin's name and version. Firewalls reject requests without it.</summary>
    public static ProductInfoHeaderValue UserAgent { get; } = new(ClientName, typeof(GatewayHttp).Assembly.GetName().Version!.ToString(fieldCount: 3));

    private static readonly TimeSpan[] _retryDelays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500)];

    private static readonly HttpRequestOptionsKey<string> _secretOption = new("secret");

    private readonly ConcurrentDictionary<string, AsyncCircuitBreakerPolicy> _breakers = new();

    private readonly AsyncLocal<bool> _isTrial = new();

    private readonly AsyncRetryPolicy _retryPolicy = Policy
        .Handle<GatewayException>(exception => exception.Fault is Unreachable or ServerError)
        .WaitAndRetryAsync(_retryDelays.Length, (retry, _) => _retryDelays[retry - 1] * (0.5 + Random.Shared.NextDouble()), (_, _, _, _) => Task.CompletedTask);

    /// <summary>
    /// Sends a request that is safe to retry.
    /// </summary>
    /// <param name="gateway">The gateway's system name, for the circuit breaker and telemetry.</param>
    /// <param name="request">Creates the request for each attempt.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response if successful; null for a 404.</returns>
    /// <exception cref="GatewayException">Any status except 2xx and 404, or no response.</exception>
    public async Task<GatewayResponse?> ReadAsync(string gateway, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        if (_isTrial.Value || cancellationToken.IsCancellationRequested)
            return await SendThroughBreakerAsync(gateway, request, NullIfNotFound, cancellationToken);

        try
        {
            return await _retryPolicy.ExecuteAsync(token => SendThroughBreakerAsync(gateway, request, NullIfNotFound, token), cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new GatewayException(GatewayFault.Timeout, "no response in time: time ran out between two attempts", exception);
        }
    }

    /// <summary>
    /// Sends a request once, without retries, and returns the response if successful.
    /// </summary>
    /// <exception cref="GatewayException">Any status except 2xx, or no response.</exception>
    public async Task<GatewayResponse> WriteAsync(string gateway, Func<HttpRequestMessage> request, CancellationToken cancellationToken) =>
        (await SendThroughBreakerAsync(gateway, request, FaultOf, cancellationToken))!;

    /// <summary>
    /// Makes calls with unsaved settings. They bypass retries, the circuit breaker and the call statistics, because they say nothing about the
    /// provider.
    /// </summary>
    public async Task RunTrialAsync(Func<Task> calls)
    {
        // AsyncLocal: the value is gone when this method returns.
        _isTrial.Value = true;
        await calls();
    }

    /// <summary>Calls the store's own public URL and returns whatever response arrives.</summary>
    /// <exception cref="HttpRequestException">No response.</exception>
    public async Task<HttpResponseMessage> SendToStoreAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var client = httpClientFactory.CreateClient(ClientName);
        return await client.SendAsync(request, cancellationToken);
    }

    private async Task<GatewayResponse?> SendThroughBreakerAsync(string gateway, Func<HttpRequestMessage> request, Func<HttpStatusCode, GatewayFault?> faultOf, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            throw new GatewayException(NotCalled, "not called: no time was left", new OperationCanceledException(cancellationToken));
        if (_isTrial.Value)
            return await SendAsync(request, faultOf, cancellationToken);

        var breaker = _breakers.GetOrAdd(gateway, _ => Policy
            .Handle<GatewayException>(IsProviderFailure)
            .CircuitBreakerAsync(exceptionsAllowedBeforeBreaking: 20, durationOfBreak: TimeSpan.FromSeconds(10), (_, pause) => rateLimiter.Pause(gateway, pause), () => { }));
        try
        {
            return await breaker.ExecuteAsync(token => SendMeasuredAsync(gateway, request, faultOf, token), cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            throw new GatewayException(NotCalled, "not called: calls are paused after repeated failures", exception);
        }
        catch (OperationCanceledException exception)
        {
            // Polly checks the token before the call; during the call, SendAsync turns a cancellation into a timeout.
            throw new GatewayException(NotCalled, "not called: no time was left", exception);
        }
    }

    private async Task<GatewayResponse?> SendMeasuredAsync(string gateway, Func<HttpRequestMessage> request, Func<HttpStatusCode, GatewayFault?> faultOf, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var answer = await SendAsync(request, faultOf, cancellationToken);
            Record(gateway, started, fault: null);
            return answer;
        }
        catch (GatewayException exception)
        {
            Record(gateway, started, exception.Fault);
            throw;
        }
    }

    private void Record(string gateway, long started, GatewayFault? fault)
    {
        telemetry.ProviderCalled(gateway, time.GetElapsedTime(started), fault);
        rateLimiter.RecordCall(gateway, fault);
    }

    private async Task<GatewayResponse?> SendAsync(Func<HttpRequestMessage> createRequest, Func<HttpStatusCode, GatewayFault?> faultOf, CancellationToken cancellationToken)
    {
        using var client = httpClientFactory.CreateClient(ClientName);
        using var request = createRequest();
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var body = await BodyAsync(request, response, cancellationToken);
            if (Firewall.Sent(response, body))
                throw new GatewayException(Blocked, $"answered {(int)response.StatusCode} by a firewall: {ExternalText.Excerpt(body)}") { Answer = body, StatusCode = (int)response.StatusCode };
            if (faultOf(response.StatusCode) is { } fault)
                throw new GatewayException(fault, $"answered {(int)response.StatusCode}: {ExternalText.Excerpt(body)}") { Answer = body, StatusCode = (int)response.StatusCode };

            return response.IsSuccessStatusCode ? new GatewayResponse(body, GatewayResponse.ClockAheadBy(response.Headers.Date + (response.Headers.Age ?? TimeSpan.Zero), time.GetUtcNow())) : null;
        }
        catch (OperationCanceledException exception)
        {
            throw new GatewayException(GatewayFault.Timeout, "no response in time", exception);
        }
        catch (HttpRequestException exception)
        {
            var fault = exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? BadAnswer : Unreachable;
            throw new GatewayException(fault, $"no response: {exception.HttpRequestError}", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new GatewayException(BadAnswer, "the response cannot be decompressed", exception);
        }
    }

    /// <summary>
    /// Registers a key that the request carries outside its Authorization header, so that it is redacted in the response.
    /// </summary>
    public static HttpRequestMessage WithSecret(HttpRequestMessage request, string secret)
    {
        request.Options.Set(_secretOption, secret);
        return request;
    }

    /// <summary>The body with the request's key redacted: an echoed key must not reach the log.</summary>
    private static async Task<string> BodyAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await ResponseText.ReadAsync(response.Content, cancellationToken);
        if (request.Headers.Authorization?.Parameter is { Length: > 7 } key)
            body = body.Replace(key, "…", StringComparison.Ordinal);
        return request.Options.TryGetValue(_secretOption, out var secret) && secret.Length > 0 ? body.Replace(secret, "…", StringComparison.Ordinal) : body;
    }

    /// <summary>False if the caller's own deadline ended the call: a webhook's two seconds say nothing about the provider.</summary>
    private static bool IsProviderFailure(GatewayException exception) =>
        exception.Fault is Unreachable or ServerError
        || exception is { Fault: GatewayFault.Timeout, InnerException.InnerException: TimeoutException };

    private static GatewayFault? NullIfNotFound(HttpStatusCode status) =>
        status == HttpStatusCode.NotFound ? null : FaultOf(status);

    private static GatewayFault? FaultOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        401 => BadKey,
        403 => Forbidden,
        408 or 425 => ServerError,
        429 => TooManyRequests,
        >= 400 and < 500 => Refused,
        >= 500 => ServerError,
        _ => BadAnswer
    };
}
