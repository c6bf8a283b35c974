using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The store's pay page. Anyone with its token can see and pay it, on any device.
/// </summary>
public class CryptoPayController(PayPageLinks pages, PayPageModelFactory modelFactory) : CryptoPublicController
{
    /// <summary>
    /// Own styles and scripts only, and no foreign frames. form-action is omitted because a new quote may redirect to a provider's page,
    /// which browsers check against it too.
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

    /// <summary>The receipt of a paid payment, for the same visitors. A payment without one leads to its pay page.</summary>
    [HttpGet, HttpHead, HttpsRequirement]
    public async Task<IActionResult> Receipt(string? token)
    {
        Response.Headers[HeaderNames.ContentSecurityPolicy] = ContentPolicy;
        if (await pages.FindAsync(token) is not { } payment)
            return NotFoundPage(await modelFactory.NotFoundAsync(isPayPage: true));

        return await modelFactory.ReceiptAsync(payment, token!) is { } receipt
            ? View($"{CryptoGatewaysDefaults.Folder}/Views/Public/Receipt.cshtml", receipt)
            : RedirectToRoute(CryptoGatewaysDefaults.Route.Pay, new { token });
    }
}
