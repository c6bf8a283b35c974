using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Answers requests below the plugin's public paths that no other action serves.
/// </summary>
public class CryptoUnknownController : CryptoPublicController
{
    /// <summary>The route states the allowed methods. They are not a parameter because MVC binds none when the form cannot be read.</summary>
    public IActionResult Any()
    {
        var allowed = RouteData.Values["allowed"] as string ?? string.Empty;
        if (allowed.Split(", ").Contains(Request.Method, StringComparer.OrdinalIgnoreCase))
            return Answer(StatusCodes.Status404NotFound, "unknown address");

        Response.Headers[HeaderNames.Allow] = allowed;
        return Answer(StatusCodes.Status405MethodNotAllowed, $"only {allowed}");
    }
}
