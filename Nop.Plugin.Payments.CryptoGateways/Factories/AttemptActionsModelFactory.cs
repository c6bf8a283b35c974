using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares what the current administrator can do with an attempt now. Only the attempt's own gateway counts; the platform's order page
/// asks the payment method as a whole. Each operation checks again before it acts.
/// </summary>
public class AttemptActionsModelFactory(GatewayRegistry registry, StoreUrls addresses, OrderReader orders, PaymentFactsReader facts,
    IOrderProcessingService orderProcessingService, IPermissionService permissionService)
{
    public async Task<AttemptActionsModel> PrepareAttemptActionsModelAsync(CryptoPayment payment, PaymentSummary summary, Order order)
    {
        var model = new AttemptActionsModel { Currency = payment.PriceCurrency, Refunded = Money.NumberOf(order.RefundedAmount) };
        var read = await facts.ReadStoredAsync(payment);
        if (await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.SettleManually))
            model.CanSettleManually = PaymentDecision.DecideManually(read) is not null;
        model.MayAct = await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.Act);
        if (!model.MayAct)
            return model;

        if (summary.AcceptsPayment || summary.State is PaymentState.Detected or PaymentState.Confirming)
            (model.PageUrl, model.CanRenewPage) = (payment.Address is null ? payment.CheckoutUrl : (await addresses.PayPageAsync(payment))?.AbsoluteUri, payment.Address is not null);

        if (read.PaidMarker == PaidMarker.Others)
            return model;

        var gateway = registry.Find(payment.Gateway);
        model.CanCapture = summary.State == PaymentState.Authorized && gateway is ICaptureGateway && await orderProcessingService.CanCaptureAsync(order);
        model.CanVoid = summary.State == PaymentState.Authorized && gateway is IVoidGateway && await orderProcessingService.CanVoidAsync(order);
        if (gateway is IRefundGateway && summary.HoldsFunds
            && await orders.RefundableAsync(order) is { Amount: > 0 } left && await orderProcessingService.CanPartiallyRefundAsync(order, order.OrderTotal - order.RefundedAmount))
            model.Refundable = Money.NumberOf(left.Amount);
        return model;
    }
}
