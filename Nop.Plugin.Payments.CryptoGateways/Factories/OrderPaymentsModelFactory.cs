using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Models of the administrator's page about an order's payments, and of the panel on the order's own page.
/// </summary>
public class OrderPaymentsModelFactory(PaymentSummaryReader summaries, PaymentEventService timeline, Payouts payouts, SurplusRefunds surplus, GatewayRegistry registry,
    AttemptActionsFactory actions)
{
    public async Task<OrderPaymentsModel> CreateAsync(Order order)
    {
        var model = new OrderPaymentsModel { OrderId = order.Id, OrderNumber = order.CustomOrderNumber, MayAct = await actions.MayActAsync() };
        foreach (var (payment, summary) in (await summaries.OfOrderAsync(order)).Reverse())
            model.Attempts.Add(await AttemptAsync(payment, summary, order, model.MayAct));
        return model;
    }

    public async Task<OrderPanelModel> PanelAsync(Order order)
    {
        var all = await summaries.OfOrderAsync(order);
        var (payment, summary) = OrderPayments.DecisiveOf(all);
        return new OrderPanelModel
        {
            OrderId = order.Id,
            Attempts = all.Count,
            Attempt = payment is null ? null : Head(payment, summary!, PaymentFactList.Essentials(payment, summary!, order, CoinOf(payment)))
        };
    }

    private async Task<AttemptModel> AttemptAsync(CryptoPayment payment, PaymentSummary summary, Order order, bool mayAct)
    {
        var model = Head(payment, summary, PaymentFactList.Of(payment, summary, order, CoinOf(payment)));
        model.Answer = payment.ProviderAnswer;
        model.Actions = await actions.CreateAsync(payment, summary, order);
        if (mayAct && summary is { OwesSurplus: true, Surplus: { } over })
            (model.Actions.Surplus, model.Actions.CanRefundSurplus, model.Actions.IsSurplusOpen) = ($"{over}", surplus.CanRefund(payment), await surplus.IsOpenAsync(payment.Id));
        if (mayAct && registry.Find(payment.Gateway) is IPayoutGateway gateway && summary.HoldsFunds)
            model.Payout = await PayoutAsync(payment, order, gateway);
        if (payment.NetAmount is { } net && payment.NetCurrency == payment.PayCurrency && summary.HoldsFunds)
            model.FeePayer = net >= payment.PayAmount ? "Shopper" : "Store";
        foreach (var row in await timeline.AllAsync(payment.Id))
        {
            var isWebhook = row.Kind == PaymentEventKind.Webhook;
            var statuses = row.Kind == PaymentEventKind.StatusChange ? row.Name?.Split(" > ") ?? [] : [];
            var name = row.Outcome is { } outcome ? $"{row.Name}: {outcome}" : row.Name;
            if (row is { Kind: PaymentEventKind.ManuallySettled or PaymentEventKind.SurplusRefund, Body: { } proof })
                name = $"{name}: {proof}";
            model.Timeline.Add(new TimelineRowModel(row.Id, $"{AdminText.Time(row.CreatedOnUtc)} UTC", $"{row.Kind}", statuses.Length > 0 ? null : name,
                isWebhook ? row.Body : null, row.ProcessedOnUtc is null, isWebhook && mayAct, statuses));
        }
        return model;
    }

    private AttemptModel Head(CryptoPayment payment, PaymentSummary summary, IList<PaymentDetailModel> facts) => new()
    {
        Id = payment.Id,
        Title = $"{payment.Attempt}. {registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway}",
        State = $"{summary.State}",
        StateStyle = AdminText.StyleOf(summary.State),
        Facts = facts
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
