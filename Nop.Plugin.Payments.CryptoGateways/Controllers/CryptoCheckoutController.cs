using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The order's payment page, for the order's customer.
/// </summary>
public class CryptoCheckoutController(AttemptStore attempts, PaymentSynchronizer synchronizer, CustomerOrders customerOrders, CheckoutFlow checkoutFlow,
    CheckoutModelFactory modelFactory, PayPageModelFactory payPageModelFactory) : CryptoPublicController
{
    /// <summary>Shows the state of the order's payment, and the payment options while the order is unpaid.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="left">The shopper has just left the provider's page without paying.</param>
    [HttpGet, HttpHead, HttpsRequirement]
    public async Task<IActionResult> Order(int orderId, bool left)
    {
        if (await customerOrders.FindAsync(orderId) is null)
            return await NotFoundAsync();

        if (await attempts.LatestAsync(orderId) is { } latest)
            await synchronizer.SynchronizeAsync(latest.Id, SynchronizationSource.OrderPage, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);
        return View($"{CryptoGatewaysDefaults.Folder}/Views/Public/Order.cshtml", await modelFactory.OrderAsync((await customerOrders.FindAsync(orderId))!) with { HasLeft = left });
    }

    /// <summary>Starts a payment with the chosen option.</summary>
    [HttpPost, ActionName(nameof(Order)), ReadableForm, AutoValidateAntiforgeryToken]
    public async Task<IActionResult> Pay(int orderId)
    {
        if (await customerOrders.FindAsync(orderId) is not { } order)
            return await NotFoundAsync();

        return Request.HasFormContentType
            ? new SeeOtherResult(await checkoutFlow.NextUrlAsync(order, CheckoutFlow.ChoiceIn(Request.Form)))
            : Answer(StatusCodes.Status400BadRequest, "no form");
    }

    private async Task<IActionResult> NotFoundAsync() => NotFoundPage(await payPageModelFactory.NotFoundAsync(isPayPage: false));
}
