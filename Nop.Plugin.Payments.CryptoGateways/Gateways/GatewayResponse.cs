using System.Text;
using System.Text.Unicode;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A successful response of a provider.
/// </summary>
/// <param name="Body">The body, with the request's key removed.</param>
/// <param name="ClockAhead">How far the provider's clock is ahead of the store's, see <see cref="ClockAheadBy"/>.</param>
public sealed record GatewayResponse(string Body, TimeSpan ClockAhead)
{
    /// <summary>Smaller differences are noise: the Date header has whole seconds, and a response takes time.</summary>
    private static readonly TimeSpan _minSkew = TimeSpan.FromMinutes(1);

    /// <summary>A clock with a larger difference is not maintained.</summary>
    private static readonly TimeSpan _maxSkew = TimeSpan.FromDays(1);

    /// <summary>How far a clock is ahead, in whole minutes; negative if it is behind, zero if unknown.</summary>
    /// <param name="date">The response's Date header; null if missing.</param>
    /// <param name="now">The store's time when the response arrived.</param>
    public static TimeSpan ClockAheadBy(DateTimeOffset? date, DateTimeOffset now) =>
        date - now is { } ahead && ahead.Duration() >= _minSkew && ahead.Duration() <= _maxSkew ? TimeSpan.FromMinutes(Math.Round(ahead.TotalMinutes)) : TimeSpan.Zero;
}

/// <summary>
/// A time by a provider's clock.
/// </summary>
/// <param name="Stated">The time as stated by the provider.</param>
/// <param name="ClockAhead">How far the provider's clock is ahead of the store's.</param>
public readonly record struct ProviderTime(DateTimeOffset Stated, TimeSpan ClockAhead)
{
    /// <summary>The same time by the store's clock, UTC.</summary>
    public DateTime OnUtc => (Stated - ClockAhead).UtcDateTime;
}

/// <summary>
/// Decodes HTTP responses. JSON is UTF-8 (RFC 8259) even with a wrong or unknown charset label such as "utf8": a label must not cost a payment
/// that the provider has created.
/// </summary>
public static class ResponseText
{
    public static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken) =>
        Decode(await content.ReadAsByteArrayAsync(cancellationToken), content.Headers.ContentType?.CharSet);

    /// <summary>
    /// Decodes by the byte order mark if there is one, as UTF-8 if the bytes are valid UTF-8, and by the label otherwise. Invalid bytes become U+FFFD.
    /// </summary>
    /// <param name="body">The bytes.</param>
    /// <param name="charset">The charset label; null, empty or unknown if there is none.</param>
    public static string Decode(byte[] body, string? charset)
    {
        // UTF-16 of Latin text is also valid UTF-8, but every other byte is NUL.
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
/// Detects responses that a firewall or proxy in front of a provider sent instead of the provider.
/// </summary>
public static class Firewall
{
    /// <summary>
    /// Headers that only firewalls set: Cloudflare on a challenge page (Cloudflare docs, "Detect a Challenge Page response"), AWS WAF on a
    /// challenge or CAPTCHA (AWS WAF Developer Guide, "CAPTCHA and Challenge actions").
    /// </summary>
    private static readonly string[] _headers = ["cf-mitigated", "x-amzn-waf-action"];

    /// <summary>
    /// True for a response with a firewall's header, and for a 403 or 406 whose body is not a JSON object or array: APIs explain a refusal in
    /// JSON. Headers such as "Server: cloudflare" prove nothing because the API's own responses carry them too.
    /// </summary>
    public static bool Sent(HttpResponseMessage response, string body) =>
        _headers.Any(response.Headers.Contains)
        || (int)response.StatusCode is 403 or 406 && body.AsSpan().TrimStart() is not ['{' or '[', ..];
}
