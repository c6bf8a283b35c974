using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using System.Text;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using static Nop.Plugin.Payments.CryptoGateways.Gateways.GatewayFault;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Reads the text of an HTTP answer. JSON is UTF-8 (RFC 8259), whatever a wrong or unknown charset label such as "utf8" says: a
/// payment that the provider created must not be lost over a label.
/// </summary>
public static class ResponseText
{
    public static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken) =>
        Decode(await content.ReadAsByteArrayAsync(cancellationToken), content.Headers.ContentType?.CharSet);

    /// <summary>
    /// Decodes by the byte order mark if there is one, as UTF-8 if the bytes are valid UTF-8, else by the label; invalid bytes become U+FFFD.
    /// </summary>
    /// <param name="body">The bytes.</param>
    /// <param name="charset">The label; null, empty or unknown for none.</param>
    public static string Decode(byte[] body, string? charset)
    {
        // UTF-16 of Latin text is also valid UTF-8, with a NUL in every other place.
        var isUtf8 = Utf8.IsValid(body) && !body.Contains((byte)0);
        using var reader = new StreamReader(new MemoryStream(body), isUtf8 ? Encoding.UTF8 : EncodingOf(charset), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return Encoding.GetEncoding((charset ?? string.Empty).Trim('"', '\'', ' '));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}

/// <summary>
/// The one way in which gateways call providers: bounded in time and size, follows no redirect, repeats only what is safe to
/// repeat, and leaves a provider alone for a moment when it keeps failing.
/// </summary>
public class GatewayHttp(IHttpClientFactory httpClientFactory, CryptoGatewaysTelemetry telemetry, ProviderRateLimiter traffic, TimeProvider time)
{
    /// <summary>Name of the HTTP client; its handler is set up in NopStartup.</summary>
    public const string ClientName = "Nop.Plugin.Payments.CryptoGateways";

    /// <summary>How long one call may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>The longest answer that is read, in bytes.</summary>
    public const int LongestAnswer = 1024 * 1024;

    /// <summary>Sent with every call: the plugin's name and version. Firewalls refuse calls without it.</summary>
    public static ProductInfoHeaderValue UserAgent { get; } = new(ClientName, typeof(GatewayHttp).Assembly.GetName().Version!.ToString(fieldCount: 3));

    private static readonly TimeSpan[] _pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500)];

    private static readonly HttpRequestOptionsKey<string> _secretOption = new("secret");

    private readonly ConcurrentDictionary<string, AsyncCircuitBreakerPolicy> _breakers = new();

    private readonly AsyncLocal<bool> _isTrial = new();

    private readonly AsyncRetryPolicy _repeat = Policy
        .Handle<GatewayException>(exception => exception.Fault is Unreachable or ServerError)
        .WaitAndRetryAsync(_pauses.Length, (retry, _) => _pauses[retry - 1] * (0.5 + Random.Shared.NextDouble()), (_, _, _, _) => Task.CompletedTask);

    /// <summary>
    /// Sends a request that may be repeated and returns the answer of a success; null for 404.
    /// </summary>
    /// <param name="gateway">System name, for the circuit breaker and what is measured.</param>
    /// <param name="request">Makes the request, anew for each try.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GatewayException">Anything but 2xx and 404.</exception>
    public async Task<GatewayResponse?> ReadAsync(string gateway, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        if (_isTrial.Value || cancellationToken.IsCancellationRequested)
            return await GuardedAsync(gateway, request, NullWhenNotFound, cancellationToken);

        try
        {
            return await _repeat.ExecuteAsync(token => GuardedAsync(gateway, request, NullWhenNotFound, token), cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new GatewayException(GatewayFault.Timeout, "no answer in time: time was up between two tries", exception);
        }
    }

    /// <summary>
    /// Sends a request that must not be repeated and returns the answer of a success.
    /// </summary>
    /// <exception cref="GatewayException">Anything but 2xx.</exception>
    public async Task<GatewayResponse> WriteAsync(string gateway, Func<HttpRequestMessage> request, CancellationToken cancellationToken) =>
        (await GuardedAsync(gateway, request, FaultOf, cancellationToken))!;

    /// <summary>
    /// Makes calls with values that an owner is trying out. They are made once, whatever the calls before them came to, and say
    /// nothing about the provider.
    /// </summary>
    public async Task TryOutAsync(Func<Task> calls)
    {
        // It ends with this method.
        _isTrial.Value = true;
        await calls();
    }

    /// <summary>Calls the store's own public address, which is no provider: the answer is given as it comes.</summary>
    /// <exception cref="HttpRequestException">No answer.</exception>
    public async Task<HttpResponseMessage> SendToStoreAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var client = httpClientFactory.CreateClient(ClientName);
        return await client.SendAsync(request, cancellationToken);
    }

    private async Task<GatewayResponse?> GuardedAsync(string gateway, Func<HttpRequestMessage> request, Func<HttpStatusCode, GatewayFault?> faultOf, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            throw new GatewayException(NotCalled, "not called: no time was left", new OperationCanceledException(cancellationToken));
        if (_isTrial.Value)
            return await SendAsync(request, faultOf, cancellationToken);

        var breaker = _breakers.GetOrAdd(gateway, _ => Policy
            .Handle<GatewayException>(IsTheProviders)
            .CircuitBreakerAsync(exceptionsAllowedBeforeBreaking: 20, durationOfBreak: TimeSpan.FromSeconds(10), (_, pause) => traffic.Pause(gateway, pause), () => { }));
        try
        {
            return await breaker.ExecuteAsync(token => MeasuredAsync(gateway, request, faultOf, token), cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            throw new GatewayException(NotCalled, "not called: it kept failing a moment ago", exception);
        }
        catch (OperationCanceledException exception)
        {
            // Polly looks at the token before it calls; after that, SendAsync turns a cancellation into a time-out.
            throw new GatewayException(NotCalled, "not called: no time was left", exception);
        }
    }

    private async Task<GatewayResponse?> MeasuredAsync(string gateway, Func<HttpRequestMessage> request, Func<HttpStatusCode, GatewayFault?> faultOf, CancellationToken cancellationToken)
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
        traffic.Called(gateway, fault);
    }

    private async Task<GatewayResponse?> SendAsync(Func<HttpRequestMessage> makeRequest, Func<HttpStatusCode, GatewayFault?> faultOf, CancellationToken cancellationToken)
    {
        using var client = httpClientFactory.CreateClient(ClientName);
        using var request = makeRequest();
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var body = await BodyAsync(request, response, cancellationToken);
            if (Firewall.Wrote(response, body))
                throw new GatewayException(Blocked, $"answered {(int)response.StatusCode} by a firewall: {Excerpt(body)}") { Answer = body, StatusCode = (int)response.StatusCode };
            if (faultOf(response.StatusCode) is { } fault)
                throw new GatewayException(fault, $"answered {(int)response.StatusCode}: {Excerpt(body)}") { Answer = body, StatusCode = (int)response.StatusCode };

            return response.IsSuccessStatusCode ? new GatewayResponse(body, GatewayResponse.ClockAheadBy(response.Headers.Date + (response.Headers.Age ?? TimeSpan.Zero), time.GetUtcNow())) : null;
        }
        catch (OperationCanceledException exception)
        {
            throw new GatewayException(GatewayFault.Timeout, "no answer in time", exception);
        }
        catch (HttpRequestException exception)
        {
            var fault = exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? BadAnswer : Unreachable;
            throw new GatewayException(fault, $"no answer: {exception.HttpRequestError}", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new GatewayException(BadAnswer, "answered something that cannot be decompressed", exception);
        }
    }

    /// <summary>
    /// Names a key that the request carries elsewhere than in its Authorization header, so that it is blanked in the answer.
    /// </summary>
    public static HttpRequestMessage WithSecret(HttpRequestMessage request, string secret)
    {
        request.Options.Set(_secretOption, secret);
        return request;
    }

    /// <summary>The body without the key that the request carried: what an answer repeats must not reach a log.</summary>
    private static async Task<string> BodyAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await ResponseText.ReadAsync(response.Content, cancellationToken);
        if (request.Headers.Authorization?.Parameter is { Length: > 7 } key)
            body = body.Replace(key, "…", StringComparison.Ordinal);
        return request.Options.TryGetValue(_secretOption, out var secret) && secret.Length > 0 ? body.Replace(secret, "…", StringComparison.Ordinal) : body;
    }

    /// <summary>Not so when the caller had no more time to give: a webhook's two seconds say nothing about the provider.</summary>
    private static bool IsTheProviders(GatewayException exception) =>
        exception.Fault is Unreachable or ServerError
        || exception is { Fault: GatewayFault.Timeout, InnerException.InnerException: TimeoutException };

    private static GatewayFault? NullWhenNotFound(HttpStatusCode status) =>
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

    /// <summary>
    /// The start of a provider's text on one line, without what could be markup, a key or somebody's address.
    /// </summary>
    public static string Excerpt(string text)
    {
        var line = new string([.. text.Take(LookedAt).Select(c => char.IsControl(c) || c is '<' or '>' ? ' ' : c)]);
        if (text.Length > LookedAt)
            // Half a word would not be known for an address or a key.
            line = line[..(line.LastIndexOfAny([' ', '"', '\'', ':', ',', '{', '}', '[', ']']) + 1)];
        return ExternalText.Readable(_private.Replace(ExternalText.Escaped(line.Trim(), line.Length * 6), "…"), LongestExcerpt);
    }

    private const int LongestExcerpt = 160;

    /// <summary>How many characters of a text are looked at for an excerpt.</summary>
    private const int LookedAt = 300;

    /// <summary>Mail addresses, and runs of characters as long as keys are.</summary>
    private static readonly Regex _private = new(@"[^\s""':,{}\[\]]*@[^\s""':,{}\[\]]*|[\w+/=.-]{25,}", RegexOptions.CultureInvariant);
}
