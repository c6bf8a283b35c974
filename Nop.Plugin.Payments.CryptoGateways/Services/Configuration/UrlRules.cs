namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Decides which URLs may receive keys and shoppers.
/// </summary>
public static class UrlRules
{
    /// <summary>True for https, or http to this machine for tests, without credentials in the URL.</summary>
    public static bool IsSafe(Uri url) =>
        url.UserInfo.Length == 0 && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);
}
