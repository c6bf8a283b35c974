using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Web.Framework.Controllers;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The shopper's pages: the way back from the provider, and the order's payment page.
/// </summary>
[InstalledOnly]
public class CryptoCheckoutController(AttemptReader attempts, PaymentSynchronizer synchronizer, OwnOrders ownOrders,
    CheckoutFlow checkoutFlow, PayPages payPages, CheckoutModelFactory modelFactory) : BasePaymentController
{
    /// <summary>How long a shopper who comes back waits while a webhook is at work on the same order.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The provider sends the shopper here after success and after failure. The address is not believed: the provider is asked,
    /// then the truth is shown.
    /// </summary>
    [HttpGet]
    public async Task<IActionResult> Return(string reference)
    {
        if (await attempts.ByReferenceAsync(reference) is not { } payment)
            return NotFoundPage();

        await synchronizer.SynchronizeAsync(payment.Id, SynchronizationSource.Return, _patience, onlyIfDue: false, CancellationToken.None);
        // Somebody else, another device or a lost cookie: the own page shows the same truth and nothing about a person.
        if (await ownOrders.FindAsync(payment.OrderId) is not { } order)
            return Redirect(await payPages.OwnPageOfAsync(payment));

        if (PaymentFactsReader.StateOf(order) is OrderState.Paid or OrderState.Authorized)
            return RedirectToRoute(CryptoGatewaysDefaults.Route.CheckoutCompleted, new { orderId = order.Id });

        return await payPages.OpenPageOfAsync(await attempts.LatestAsync(order.Id)) is { } page
            ? Redirect(page)
            : RedirectToRoute(CryptoGatewaysDefaults.Route.Order, new { orderId = order.Id });
    }

    /// <summary>How the order's payment stands, with the ways to pay while it is open. For the order's owner.</summary>
    [HttpGet]
    public async Task<IActionResult> Order(int orderId)
    {
        if (await ownOrders.FindAsync(orderId) is null)
            return NotFoundPage();

        if (await attempts.LatestAsync(orderId) is { } latest)
            await synchronizer.SynchronizeAsync(latest.Id, SynchronizationSource.OrderPage, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);
        return View($"{CryptoGatewaysDefaults.Folder}/Views/Public/Order.cshtml", await modelFactory.OrderAsync((await ownOrders.FindAsync(orderId))!));
    }

    /// <summary>Pays the order with the chosen coin.</summary>
    [HttpPost, ActionName("Order"), AutoValidateAntiforgeryToken]
    public async Task<IActionResult> Pay(int orderId)
    {
        if (await ownOrders.FindAsync(orderId) is not { } order)
            return NotFoundPage();

        return new SeeOtherResult(await checkoutFlow.NextAddressAsync(order, CheckoutFlow.ChoiceIn(await Request.ReadFormAsync())));
    }

    private ViewResult NotFoundPage()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View($"{CryptoGatewaysDefaults.Folder}/Views/Public/NotFound.cshtml");
    }
}
