using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares one attempt to pay an order, as administrators see it.
/// </summary>
public class AttemptModelFactory(TimelineModelFactory timeline, Payouts payouts, SurplusRefunds surplus, GatewayRegistry registry, AttemptActionsModelFactory actions, PluginTexts texts)
{
    /// <summary>The attempt with all details, its timeline, and what the current administrator can do with it.</summary>
    public async Task<AttemptModel> PrepareAttemptModelAsync(CryptoPayment payment, PaymentSummary summary, Order order)
    {
        var zone = await texts.TimeZoneAsync();
        var model = Head(payment, summary, PaymentDetails.Of(payment, summary, order, CoinOf(payment), zone));
        model.Answer = payment.ProviderAnswer;
        model.Actions = await actions.PrepareAttemptActionsModelAsync(payment, summary, order);
        var mayAct = model.Actions.MayAct;
        if (mayAct && summary is { OwesSurplus: true, Surplus: { } over })
            (model.Actions.Surplus, model.Actions.CanRefundSurplus, model.Actions.IsSurplusOpen) = ($"{over}", surplus.CanRefund(payment), await surplus.IsOpenAsync(payment.Id));
        if (mayAct && registry.Find(payment.Gateway) is IPayoutGateway gateway && summary.HoldsFunds)
            model.Payout = await PayoutAsync(payment, order, gateway);
        if (payment.NetAmount is { } net && payment.NetCurrency == payment.PayCurrency && summary.HoldsFunds)
            model.FeePayer = net >= payment.PayAmount ? "Shopper" : "Store";
        model.Timeline = await timeline.PrepareAsync(payment.Id, mayAct);
        return model;
    }

    /// <summary>The attempt with the details that the order's own page shows.</summary>
    public async Task<AttemptModel> PrepareAttemptSummaryModelAsync(CryptoPayment payment, PaymentSummary summary, Order order) =>
        Head(payment, summary, PaymentDetails.Essentials(payment, summary, order, CoinOf(payment), await texts.TimeZoneAsync()));

    private AttemptModel Head(CryptoPayment payment, PaymentSummary summary, IList<PaymentDetailModel> details) => new()
    {
        Id = payment.Id,
        OrderId = payment.OrderId,
        Title = $"{payment.Attempt}. {registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway}",
        State = $"{summary.State}",
        StateStyle = AdminText.StyleOf(summary.State),
        Facts = details
    };

    private CoinDescriptor? CoinOf(CryptoPayment payment) => registry.Find(payment.Gateway)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin);

    private async Task<PayoutModel> PayoutAsync(CryptoPayment payment, Order order, IPayoutGateway gateway)
    {
        var left = (await payouts.RefundableAsync(order)).Amount;
        return new PayoutModel
        {
            Amount = Money.NumberOf(payment.PriceAmount > 0 ? decimal.Round(payment.PayAmount * left / payment.PriceAmount, 8) : 0m),
            Currency = gateway.PayoutCurrencyOf(payment.Coin) ?? string.Empty,
            Refund = Money.NumberOf(left),
            FormKey = Guid.NewGuid().ToString("N"),
            Open = (await payouts.OpenAsync(payment.Id))?.Name
        };
    }
}
