using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Components;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Installation;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Services.Cms;
using Nop.Services.Payments;
using Nop.Services.Plugins;
using Nop.Web.Framework.Infrastructure;

namespace Nop.Plugin.Payments.CryptoGateways;

/// <summary>
/// The payment method that the platform calls. Each member delegates to a service.
/// </summary>
public class CryptoGatewaysPaymentMethod(CartPaymentOptions cartOptions, CheckoutFlow checkoutFlow, PaymentOperations operations,
    PluginInstaller installer, PluginTexts texts, IHttpContextAccessor httpContextAccessor) : BasePlugin, IPaymentMethod, IWidgetPlugin
{
    private const int MaxCoinNames = 5;

    // The platform reads these for the method as a whole; whether an order's gateway supports an operation is checked when it runs.
    public bool SupportCapture => operations.IsSupported<ICaptureGateway>();

    public bool SupportPartiallyRefund => operations.IsSupported<IRefundGateway>();

    public bool SupportRefund => operations.IsSupported<IRefundGateway>();

    public bool SupportVoid => operations.IsSupported<IVoidGateway>();

    public RecurringPaymentType RecurringPaymentType => RecurringPaymentType.NotSupported;

    public PaymentMethodType PaymentMethodType => PaymentMethodType.Redirection;

    public bool SkipPaymentInfo => false;

    public Type GetPublicViewComponent() => typeof(PaymentInfoViewComponent);

    /// <summary>
    /// Names what can pay the current cart: the first coins, and always the methods that are no coin, such as a card. Outside the
    /// checkout, cryptocurrency in general.
    /// </summary>
    public async Task<string> GetPaymentMethodDescriptionAsync()
    {
        var options = await cartOptions.ForCurrentCartAsync();
        var coins = options.Where(option => !option.Coin.IsMethod).Select(option => option.Coin.Name).Distinct().ToList();
        var names = coins.Take(MaxCoinNames).ToList();
        foreach (var option in options.Where(option => option.Coin.IsMethod))
            names.Add(await texts.CoinNameAsync(option.Gateway, option.Coin));
        var more = coins.Count > MaxCoinNames ? $" +{(coins.Count - MaxCoinNames).ToString(CultureInfo.CurrentCulture)}" : string.Empty;
        return names.Count == 0 ? await texts.GetAsync("Method.Description") : await texts.GetAsync("Method.Description.Coins", string.Join(", ", names.Distinct()) + more);
    }

    public async Task<bool> HidePaymentMethodAsync(IList<ShoppingCartItem> cart) => (await cartOptions.ForCartAsync(cart)).Count == 0;

    public Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart) => cartOptions.FeeAsync(cart);

    public async Task<IList<string>> ValidatePaymentFormAsync(IFormCollection form)
    {
        var options = await cartOptions.ForCurrentCartAsync();
        return options.Any(option => option.Choice == CheckoutFlow.ChoiceIn(form)) ? [] : [await texts.GetAsync("Checkout.ChooseCoin")];
    }

    public Task<ProcessPaymentRequest> GetPaymentInfoAsync(IFormCollection form) => CheckoutFlow.RememberAsync(CheckoutFlow.ChoiceIn(form), texts);

    /// <summary>The order stays pending until the provider confirms the payment.</summary>
    public Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest processPaymentRequest) => Task.FromResult(CheckoutFlow.Place(processPaymentRequest));

    public async Task PostProcessPaymentAsync(PostProcessPaymentRequest postProcessPaymentRequest) =>
        httpContextAccessor.HttpContext!.Response.Redirect(await checkoutFlow.NextUrlAsync(postProcessPaymentRequest.Order));

    public Task<bool> CanRePostProcessPaymentAsync(Order order) => Task.FromResult(true);

    public async Task<CapturePaymentResult> CaptureAsync(CapturePaymentRequest capturePaymentRequest) =>
        await ErrorsAsync(await operations.CaptureAsync(capturePaymentRequest.Order)) is { Count: > 0 } errors
            ? new CapturePaymentResult { Errors = errors }
            : new CapturePaymentResult { NewPaymentStatus = PaymentStatus.Paid, CaptureTransactionId = capturePaymentRequest.Order.AuthorizationTransactionId };

    public async Task<RefundPaymentResult> RefundAsync(RefundPaymentRequest refundPaymentRequest)
    {
        var outcome = await operations.RefundAsync(refundPaymentRequest.Order, refundPaymentRequest.AmountToRefund);
        return await ErrorsAsync(outcome) is { Count: > 0 } errors
            ? new RefundPaymentResult { Errors = errors }
            : new RefundPaymentResult { NewPaymentStatus = refundPaymentRequest.IsPartialRefund && !outcome.IsWhole ? PaymentStatus.PartiallyRefunded : PaymentStatus.Refunded };
    }

    public async Task<VoidPaymentResult> VoidAsync(VoidPaymentRequest voidPaymentRequest) =>
        await ErrorsAsync(await operations.VoidAsync(voidPaymentRequest.Order)) is { Count: > 0 } errors
            ? new VoidPaymentResult { Errors = errors }
            : new VoidPaymentResult { NewPaymentStatus = PaymentStatus.Voided };

    public async Task<ProcessPaymentResult> ProcessRecurringPaymentAsync(ProcessPaymentRequest processPaymentRequest) =>
        new() { Errors = [await texts.GetAsync("Operation.NotSupported")] };

    public async Task<CancelRecurringPaymentResult> CancelRecurringPaymentAsync(CancelRecurringPaymentRequest cancelPaymentRequest) =>
        new() { Errors = [await texts.GetAsync("Operation.NotSupported")] };

    /// <summary>The widgets belong to the payment method and cannot be switched off separately.</summary>
    public bool HideInWidgetList => true;

    public Task<IList<string>> GetWidgetZonesAsync() => Task.FromResult<IList<string>>([AdminWidgetZones.OrderDetailsBlock, AdminWidgetZones.DashboardTop, PublicWidgetZones.OrderDetailsPageOverview]);

    public Type GetWidgetViewComponent(string widgetZone) =>
        widgetZone == AdminWidgetZones.DashboardTop ? typeof(AttentionViewComponent)
        : widgetZone == PublicWidgetZones.OrderDetailsPageOverview ? typeof(OrderStatusViewComponent) : typeof(OrderPanelViewComponent);

    /// <summary>A path, so that administrators stay on the host they signed in to.</summary>
    public override string GetConfigurationPageUrl() => $"{httpContextAccessor.HttpContext?.Request.PathBase}/Admin/CryptoGateways/Configure";

    public override async Task InstallAsync()
    {
        await installer.InstallAsync();
        await base.InstallAsync();
    }

    /// <summary>Called by the platform when another version starts for the first time.</summary>
    public override async Task UpdateAsync(string currentVersion, string targetVersion)
    {
        await installer.UpdateAsync();
        await base.UpdateAsync(currentVersion, targetVersion);
    }

    public override Task PreparePluginToUninstallAsync() => installer.PrepareToUninstallAsync();

    public override async Task UninstallAsync()
    {
        await installer.UninstallAsync();
        await base.UninstallAsync();
    }

    /// <summary>Error messages for the administrator; empty when the operation succeeded.</summary>
    private async Task<IList<string>> ErrorsAsync(OperationOutcome outcome) =>
        outcome.Error is { } error ? [await texts.GetAsync($"Operation.{error}", outcome.Detail ?? "-")] : [];
}
