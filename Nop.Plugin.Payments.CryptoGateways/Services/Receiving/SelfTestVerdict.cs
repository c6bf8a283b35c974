namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What became of an event that the store sent to its own public address. The text of each is
/// Plugins.Payments.CryptoGateways.SelfTest.{name}.
/// </summary>
public enum SelfTestVerdict
{
    Works,

    /// <summary>It came back, but the address is one that only this machine knows.</summary>
    WorksHere,

    /// <summary>It came back, over http.</summary>
    NotSecure,

    /// <summary>Somebody changed the body on the way: signatures of providers will not fit.</summary>
    BodyChanged,

    /// <summary>3xx: a redirected webhook is lost.</summary>
    Redirected,

    /// <summary>3xx to the same address with https.</summary>
    RedirectedToHttps,

    /// <summary>401: a password stands in front of the store.</summary>
    Unauthorized,

    /// <summary>403, 406 or 429: a firewall stands in front of the store.</summary>
    Forbidden,

    /// <summary>404, 405 or 410: the address does not lead to this store's plugin.</summary>
    NotFound,

    /// <summary>5xx: the web server or a proxy in front of it could not pass it on.</summary>
    ServerError,

    /// <summary>Another page answered.</summary>
    OtherPage,

    /// <summary>The store's URL is empty or invalid.</summary>
    NoAddress,

    HostNotFound,
    ConnectionRefused,
    Unreachable,
    TimedOut,
    NoTls
}

/// <summary>
/// How a self-test went.
/// </summary>
/// <param name="Verdict">What came out.</param>
/// <param name="Detail">The HTTP status, or where a redirect leads; null for nothing.</param>
public sealed record SelfTestResult(SelfTestVerdict Verdict, string? Detail = null)
{
    public bool IsFine => Verdict is SelfTestVerdict.Works;
}

/// <summary>
/// Tells from an answer that is not ours what stood in the way.
/// </summary>
public static class SelfTestDiagnosis
{
    public static SelfTestResult OfAnswer(Uri url, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status is >= 300 and < 400 && answer.Headers.Location is { } location)
        {
            var target = location.IsAbsoluteUri ? location : new Uri(url, location);
            var isOnlyHttps = url.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttps && target.Host == url.Host;
            return new SelfTestResult(isOnlyHttps ? SelfTestVerdict.RedirectedToHttps : SelfTestVerdict.Redirected, target.GetLeftPart(UriPartial.Path));
        }

        return new SelfTestResult(status switch
        {
            >= 300 and < 400 => SelfTestVerdict.Redirected,
            401 => SelfTestVerdict.Unauthorized,
            403 or 406 or 429 => SelfTestVerdict.Forbidden,
            404 or 405 or 410 => SelfTestVerdict.NotFound,
            >= 500 => SelfTestVerdict.ServerError,
            _ => SelfTestVerdict.OtherPage
        }, $"{status}");
    }

    public static SelfTestVerdict OfNetwork(HttpRequestException exception) => ConnectionDiagnosis.OfNetwork(exception) switch
    {
        ConnectionVerdict.HostNotFound => SelfTestVerdict.HostNotFound,
        ConnectionVerdict.ConnectionRefused => SelfTestVerdict.ConnectionRefused,
        ConnectionVerdict.NoTls => SelfTestVerdict.NoTls,
        ConnectionVerdict.TimedOut => SelfTestVerdict.TimedOut,
        _ => SelfTestVerdict.Unreachable
    };
}
