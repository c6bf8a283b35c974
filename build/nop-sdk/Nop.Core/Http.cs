namespace Nop.Core.Http;

public static class NopCookieDefaults
{
    public static string Prefix => ".Nop";

    public static string CustomerCookie => ".Customer";
}
