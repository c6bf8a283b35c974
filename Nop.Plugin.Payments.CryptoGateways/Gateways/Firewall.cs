namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Tells the answer of a firewall or proxy in front of a provider from the provider's own.
/// </summary>
public static class Firewall
{
    /// <summary>
    /// Headers that only a firewall sets: Cloudflare's on a challenge page (Cloudflare docs, "Detect a Challenge Page response"), AWS
    /// WAF's on a challenge or CAPTCHA (AWS WAF Developer Guide, "CAPTCHA and Challenge actions").
    /// </summary>
    private static readonly string[] _headers = ["cf-mitigated", "x-amzn-waf-action"];

    /// <summary>
    /// True when the answer carries a firewall's header, or is a 403 or 406 whose body is no JSON object or list: APIs explain a
    /// refusal in JSON. Headers such as "Server: cloudflare" do not count, because the API's own answers carry them too.
    /// </summary>
    public static bool Wrote(HttpResponseMessage answer, string body) =>
        _headers.Any(answer.Headers.Contains)
        || (int)answer.StatusCode is 403 or 406 && body.AsSpan().TrimStart() is not ['{' or '[', ..];
}
