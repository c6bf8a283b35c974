namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Which addresses are trusted with keys and shoppers.
/// </summary>
public static class UrlRules
{
    /// <summary>https without credentials in it; http only to this machine, for trying things out.</summary>
    public static bool IsSafe(Uri url) =>
        url.UserInfo.Length == 0 && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);
}
