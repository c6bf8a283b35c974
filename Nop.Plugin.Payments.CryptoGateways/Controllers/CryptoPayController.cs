using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Web.Framework.Controllers;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The store's own pay page. Its token is all that is needed to see it and to pay, on any device.
/// </summary>
[InstalledOnly]
public class CryptoPayController(PayPages pages, PayPageModelFactory modelFactory) : BasePaymentController
{
    /// <summary>
    /// The page brings its own style and script and nothing from elsewhere, and it is shown in no foreign frame. form-action is left
    /// out: a new quote may lead on to a provider's page, and browsers hold it against redirects too.
    /// </summary>
    private const string ContentPolicy = "default-src 'self'; base-uri 'none'; frame-ancestors 'self'";

    [HttpGet]
    public async Task<IActionResult> Pay(string token)
    {
        Response.Headers[HeaderNames.ContentSecurityPolicy] = ContentPolicy;
        Response.Headers[HeaderNames.CacheControl] = "no-store";
        Response.Headers["Referrer-Policy"] = "same-origin";
        Response.Headers["X-Robots-Tag"] = "noindex";
        if (await pages.FindAsync(token) is { } payment)
            return View($"{CryptoGatewaysDefaults.Folder}/Views/Public/Pay.cshtml", await modelFactory.PageAsync(payment, token));

        Response.StatusCode = StatusCodes.Status404NotFound;
        return View($"{CryptoGatewaysDefaults.Folder}/Views/Public/PayNotFound.cshtml", await modelFactory.NotFoundAsync());
    }
}
