using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Web.Framework.Components;

namespace Nop.Plugin.Payments.CryptoGateways.Components;

/// <summary>
/// The payment step of the checkout: a card for each payment option.
/// </summary>
public class PaymentInfoViewComponent(CheckoutModelFactory modelFactory) : NopViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var form = Request.HasFormContentType ? await Request.ReadFormAsync() : null;
        return View($"{CryptoGatewaysDefaults.Folder}/Views/Public/PaymentInfo.cshtml",
            await modelFactory.PaymentInfoAsync(form is null ? null : CheckoutFlow.ChoiceIn(form)));
    }
}
