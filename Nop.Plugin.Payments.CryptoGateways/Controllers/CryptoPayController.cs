using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The store's own pay page. Its token is all that is needed to see it and to pay, on any device.
/// </summary>
public class CryptoPayController(PayPageLinks pages, PayPageModelFactory modelFactory) : CryptoPublicController
{
    /// <summary>
    /// The page brings its own style and script and nothing from elsewhere, and it is shown in no foreign frame. form-action is left
    /// out: a new quote may lead on to a provider's page, and browsers hold it against redirects too.
    /// </summary>
    private const string ContentPolicy = "default-src 'self'; base-uri 'none'; frame-ancestors 'self'";

    [HttpGet, HttpHead, HttpsRequirement]
    public async Task<IActionResult> Pay(string? token)
    {
        Response.Headers[HeaderNames.ContentSecurityPolicy] = ContentPolicy;
        return await pages.FindAsync(token) is { } payment
            ? View($"{CryptoGatewaysDefaults.Folder}/Views/Public/Pay.cshtml", await modelFactory.PageAsync(payment, token!))
            : NotFoundPage(await modelFactory.NotFoundAsync(isPayPage: true));
    }
}
