using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Where the provider sends the shopper back to after success and after failure. The address is not believed: the provider is asked
/// when that was not done just now, then the truth is shown.
/// </summary>
public class CryptoReturnController(AttemptReader attempts, PaymentSynchronizer synchronizer, CustomerOrders ownOrders, PayPageLinks payPages,
    ReturnThrottle pace, PayPageModelFactory modelFactory) : CryptoPublicController
{
    /// <summary>How long a shopper who comes back waits while a webhook is at work on the same order.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <param name="reference">The attempt's reference. It is no secret: providers, administrators and mails name it.</param>
    /// <param name="key">The token of the attempt's pay page, for whoever is not known as the order's owner: another device, a lost cookie.</param>
    [HttpGet, HttpHead, HttpsRequirement]
    public async Task<IActionResult> Return(string? reference, string? key)
    {
        if (await attempts.ByReferenceAsync(reference) is not { } payment
            || await ownOrders.FindAsync(payment.OrderId) is null && (await payPages.FindAsync(key))?.Id != payment.Id)
            return NotFoundPage(await modelFactory.NotFoundAsync(isPayPage: false));

        // Opening the link again and again neither asks the provider nor waits for the first request, which does.
        if (pace.TryAcquire(payment.Id))
            await synchronizer.SynchronizeAsync(payment.Id, SynchronizationSource.Return, _patience, onlyIfDue: true, CancellationToken.None);
        if (await ownOrders.FindAsync(payment.OrderId) is not { } order)
            return Redirect(await payPages.OwnPageOfAsync(payment));

        if (PaymentFactsReader.StateOf(order) is OrderState.Paid or OrderState.Authorized)
            return RedirectToRoute(CryptoGatewaysDefaults.Route.CheckoutCompleted, new { orderId = order.Id });

        return await attempts.LatestAsync(order.Id) is { Address: not null } latest
            ? Redirect(await payPages.OwnPageOfAsync(latest))
            : RedirectToRoute(CryptoGatewaysDefaults.Route.Order, new { orderId = order.Id });
    }

    /// <summary>A provider's POST becomes a GET: browsers send no cookies with a POST from another site.</summary>
    [HttpPost, ActionName(nameof(Return))]
    public IActionResult ReturnByPost() => new SeeOtherResult(Request.PathBase + Request.Path + Request.QueryString);
}
