using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The style sheet with the owner's color. It is a file of its own because the pages' content policy allows no inline styles.
/// </summary>
public class CryptoAccentController : CryptoPublicController
{
    [HttpGet, HttpHead]
    public IActionResult StyleSheet(string? color)
    {
        if (AccentColor.Parse(color) is not { } accent)
            return Answer(StatusCodes.Status404NotFound, "unknown color");

        Response.Headers[HeaderNames.CacheControl] = "public, max-age=86400";
        return Content(accent.StyleSheet(), "text/css");
    }
}
