using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Receives shoppers who return from the provider, after success or failure. The URL proves nothing: the payment is checked with the
/// provider unless that was just done, and its actual state is shown.
/// </summary>
public class CryptoReturnController(AttemptStore attempts, PaymentSynchronizer synchronizer, CustomerOrders customerOrders, PayPageLinks payPages,
    ReturnThrottle throttle, PayPageModelFactory modelFactory) : CryptoPublicController
{
    /// <summary>How long a returning shopper waits while a webhook for the same order is processed.</summary>
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(10);

    /// <param name="reference">The attempt's reference. It is not secret: providers, administrators and e-mails show it.</param>
    /// <param name="result">How the provider's page ended, as <see cref="StoreUrls.ReturnAsync"/> wrote it. It only chooses the words for a payment that is still awaited.</param>
    /// <param name="key">The token of the attempt's pay page, for visitors who are not signed in as the order's customer (another device, a lost cookie).</param>
    [HttpGet, HttpHead, HttpsRequirement]
    public async Task<IActionResult> Return(string? reference, string? result, string? key)
    {
        if (await attempts.FindByReferenceAsync(reference) is not { } payment
            || await customerOrders.FindAsync(payment.OrderId) is null && (await payPages.FindAsync(key))?.Id != payment.Id)
            return NotFoundPage(await modelFactory.NotFoundAsync(isPayPage: false));

        // Repeated requests neither query the provider nor wait for the first one.
        if (throttle.TryAcquire(payment.Id))
            await synchronizer.SynchronizeAsync(payment.Id, SynchronizationSource.Return, _lockTimeout, onlyIfDue: true, CancellationToken.None);
        if (await customerOrders.FindAsync(payment.OrderId) is not { } order)
            return Redirect(await payPages.OwnPageOfAsync(payment));

        if (PaymentFactsReader.StateOf(order) is OrderState.Paid or OrderState.Authorized)
            return RedirectToRoute(CryptoGatewaysDefaults.Route.CheckoutCompleted, new { orderId = order.Id });

        var hasLeft = result == StoreUrls.Failure;
        return !hasLeft && await attempts.LatestAsync(order.Id) is { Address: not null } latest
            ? Redirect(await payPages.OwnPageOfAsync(latest))
            : RedirectToRoute(CryptoGatewaysDefaults.Route.Order, new { orderId = order.Id, left = hasLeft ? "true" : null });
    }

    /// <summary>Turns a provider's POST into a GET: browsers send no cookies with a cross-site POST.</summary>
    [HttpPost, ActionName(nameof(Return))]
    public IActionResult ReturnByPost() => new SeeOtherResult(Request.PathBase + Request.Path + Request.QueryString);
}
