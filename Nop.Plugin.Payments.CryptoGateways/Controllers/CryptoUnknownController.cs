using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Answers what comes to the plugin's own addresses in another way, or to none of them.
/// </summary>
public class CryptoUnknownController : CryptoPublicController
{
    /// <summary>The route says which methods the addresses take. It is no parameter: with a form that cannot be read, MVC binds none.</summary>
    public IActionResult Any()
    {
        var allowed = RouteData.Values["allowed"] as string ?? string.Empty;
        if (allowed.Split(", ").Contains(Request.Method, StringComparer.OrdinalIgnoreCase))
            return Answer(StatusCodes.Status404NotFound, "unknown address");

        Response.Headers[HeaderNames.Allow] = allowed;
        return Answer(StatusCodes.Status405MethodNotAllowed, $"only {allowed}");
    }
}
