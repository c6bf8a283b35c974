using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// What became of an event that the store sent to its own public address. The text of each is
/// Plugins.Payments.CryptoGateways.SelfTest.{name}.
/// </summary>
public enum SelfTestAnalysis
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
public sealed record SelfTestResult(SelfTestAnalysis Verdict, string? Detail = null)
{
    public bool IsFine => Verdict is SelfTestAnalysis.Works;
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
            return new SelfTestResult(isOnlyHttps ? SelfTestAnalysis.RedirectedToHttps : SelfTestAnalysis.Redirected, target.GetLeftPart(UriPartial.Path));
        }

        return new SelfTestResult(status switch
        {
            >= 300 and < 400 => SelfTestAnalysis.Redirected,
            401 => SelfTestAnalysis.Unauthorized,
            403 or 406 or 429 => SelfTestAnalysis.Forbidden,
            404 or 405 or 410 => SelfTestAnalysis.NotFound,
            >= 500 => SelfTestAnalysis.ServerError,
            _ => SelfTestAnalysis.OtherPage
        }, $"{status}");
    }

    public static SelfTestAnalysis OfNetwork(HttpRequestException exception) => ConnectionDiagnosis.OfNetwork(exception) switch
    {
        ConnectionAnalysis.HostNotFound => SelfTestAnalysis.HostNotFound,
        ConnectionAnalysis.ConnectionRefused => SelfTestAnalysis.ConnectionRefused,
        ConnectionAnalysis.NoTls => SelfTestAnalysis.NoTls,
        ConnectionAnalysis.TimedOut => SelfTestAnalysis.TimedOut,
        _ => SelfTestAnalysis.Unreachable
    };
}
