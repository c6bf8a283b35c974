using CryptoGateways.Sandbox.Services;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Nop.Services.Payments;
using ILogger = Nop.Services.Logging.ILogger;

namespace CryptoGateways.Sandbox.Web;

public sealed record PaymentMethodChoice(string SystemName, string Name, string Description);

public sealed record ConfirmPage(decimal Total, string? Error);

/// <summary>Address, payment method, payment info, confirm, completed: one page each.</summary>
[AutoValidateAntiforgeryToken]
[Route("checkout")]
public sealed class CheckoutController(
    IWorkContext workContext, ShoppingCartService carts, CheckoutState state, PaymentPluginManager plugins, PaymentService payments,
    OrderProcessingService processing, OrderService orders, IOrderTotalCalculationService totals, ILocalizationService texts,
    IRepository<Address> addresses, PaymentSettings settings, ILogger logger) : Controller
{
    [HttpGet("billingaddress")]
    public async Task<IActionResult> Address() => await CartAsync() is null ? Redirect("/cart") : View(await workContext.GetCurrentCustomerAsync());

    [HttpPost("billingaddress")]
    public async Task<IActionResult> Address(string? firstName, string? lastName, string? email)
    {
        var address = new Address { FirstName = firstName, LastName = lastName, Email = email, CreatedOnUtc = DateTime.UtcNow };
        await addresses.InsertAsync(address);
        await state.SetAsync((await workContext.GetCurrentCustomerAsync()).Id, CheckoutState.AddressId, $"{address.Id}");
        return Redirect("/checkout/paymentmethod");
    }

    [HttpGet("paymentmethod")]
    public async Task<IActionResult> PaymentMethod()
    {
        if (await CartAsync() is not { } cart)
            return Redirect("/cart");

        var language = (await workContext.GetWorkingLanguageAsync()).Id;
        var choices = new List<PaymentMethodChoice>();
        foreach (var method in plugins.LoadAll().Where(plugins.IsPluginActive))
            if (!await method.HidePaymentMethodAsync(cart))
                choices.Add(new PaymentMethodChoice(method.PluginDescriptor.SystemName,
                    await texts.GetResourceAsync($"Plugins.FriendlyName.{method.PluginDescriptor.SystemName}", language,
                        logIfNotFound: false, defaultValue: method.PluginDescriptor.FriendlyName),
                    await method.GetPaymentMethodDescriptionAsync()));
        return View(choices);
    }

    [HttpPost("paymentmethod")]
    public async Task<IActionResult> PaymentMethod(string? paymentmethod)
    {
        await state.SetAsync((await workContext.GetCurrentCustomerAsync()).Id, CheckoutState.PaymentMethod, paymentmethod);
        return Redirect(paymentmethod is null ? "/checkout/paymentmethod" : "/checkout/paymentinfo");
    }

    [HttpGet("paymentinfo")]
    public async Task<IActionResult> PaymentInfo()
    {
        if (await CartAsync() is null || await MethodAsync() is not { } method)
            return Redirect("/checkout/paymentmethod");
        if (!method.SkipPaymentInfo && !(method.PaymentMethodType == PaymentMethodType.Redirection && settings.SkipPaymentInfoStepForRedirectionPaymentMethods))
            return View(method.GetPublicViewComponent());

        await processing.SetProcessPaymentRequestAsync(new ProcessPaymentRequest());
        return Redirect("/checkout/confirm");
    }

    [HttpPost("paymentinfo")]
    public async Task<IActionResult> EnterPaymentInfo(IFormCollection form)
    {
        if (await MethodAsync() is not { } method)
            return Redirect("/checkout/paymentmethod");

        foreach (var warning in await method.ValidatePaymentFormAsync(form))
            ModelState.AddModelError("", warning);
        if (!ModelState.IsValid)
            return View("PaymentInfo", method.GetPublicViewComponent());

        await processing.SetProcessPaymentRequestAsync(await method.GetPaymentInfoAsync(form));
        return Redirect("/checkout/confirm");
    }

    [HttpGet("confirm")]
    public async Task<IActionResult> Confirm() => await CartAsync() is { } cart ? await ConfirmViewAsync(cart, null) : Redirect("/cart");

    [HttpPost("confirm")]
    public async Task<IActionResult> PlaceOrder()
    {
        if (await CartAsync() is not { } cart)
            return Redirect("/cart");
        if (await processing.GetProcessPaymentRequestAsync() is not { } request)
            return Redirect("/checkout/paymentinfo");

        try
        {
            var customer = await workContext.GetCurrentCustomerAsync();
            (request.StoreId, request.CustomerId) = (1, customer.Id);
            request.PaymentMethodSystemName = await state.GetAsync(customer.Id, CheckoutState.PaymentMethod);
            await processing.SetProcessPaymentRequestAsync(request);
            var (order, error) = await processing.PlaceOrderAsync(request);
            if (order is null)
                return await ConfirmViewAsync(cart, error);

            await processing.SetProcessPaymentRequestAsync(null);
            await payments.PostProcessPaymentAsync(order);
            return Response.StatusCode is 301 or 302 ? new EmptyResult() : Redirect($"/checkout/completed/{order.Id}");
        }
        catch (Exception exception)
        {
            await logger.WarningAsync(exception.Message, exception);
            return await ConfirmViewAsync(cart, exception.Message);
        }
    }

    [HttpGet("completed/{orderId:int?}", Name = "CheckoutCompleted")]
    public async Task<IActionResult> Completed(int orderId) =>
        await orders.GetOrderByIdAsync(orderId) is { } order && order.CustomerId == (await workContext.GetCurrentCustomerAsync()).Id ? View(order) : Redirect("/");

    private async Task<IList<ShoppingCartItem>?> CartAsync() =>
        await carts.GetShoppingCartAsync(await workContext.GetCurrentCustomerAsync()) is { Count: > 0 } cart ? cart : null;

    private async Task<IPaymentMethod?> MethodAsync() =>
        await state.GetAsync((await workContext.GetCurrentCustomerAsync()).Id, CheckoutState.PaymentMethod) is { } name
            ? await plugins.LoadPluginBySystemNameAsync(name)
            : null;

    private async Task<IActionResult> ConfirmViewAsync(IList<ShoppingCartItem> cart, string? error) =>
        View("Confirm", new ConfirmPage((await totals.GetShoppingCartTotalAsync(cart)).shoppingCartTotal!.Value, error));
}
