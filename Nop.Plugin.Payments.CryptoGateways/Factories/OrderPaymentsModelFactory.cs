using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Model of the administrator's page about an order's payments.
/// </summary>
public class OrderPaymentsModelFactory(AttemptReader attempts, PaymentTimeline timeline, Payouts payouts, GatewayRegistry registry)
{
    public async Task<OrderPaymentsModel> CreateAsync(Order order)
    {
        var model = new OrderPaymentsModel { OrderId = order.Id, OrderNumber = order.CustomOrderNumber };
        foreach (var payment in (await attempts.OfOrderAsync(order.Id)).Reverse())
            model.Attempts.Add(await AttemptAsync(payment, order));
        return model;
    }

    private async Task<AttemptModel> AttemptAsync(CryptoPayment payment, Order order)
    {
        var gateway = registry.Find(payment.Gateway);
        var model = new AttemptModel
        {
            Id = payment.Id,
            Title = $"{payment.Attempt}. {gateway?.Descriptor.Name ?? payment.Gateway}",
            Status = $"{payment.Status}",
            Facts = [.. Facts(payment).Where(fact => fact.Value is { Length: > 0 }).Select(fact => (fact.Name, fact.Value!))],
            Payout = gateway is IPayoutGateway payoutGateway && PaymentStatusMoves.IsSettled(payment.Status) ? await PayoutAsync(payment, order, payoutGateway) : null
        };
        foreach (var row in await timeline.AllAsync(payment.Id))
            model.Timeline.Add(new TimelineRowModel(row.Id, Utc(row.CreatedOnUtc)!, $"{row.Kind}", row.Name, row.Body, row.ProcessedOnUtc is null, row.Kind == PaymentEventKind.Webhook));
        return model;
    }

    private static IEnumerable<(string Name, string? Value)> Facts(CryptoPayment payment) =>
    [
        ("Reference", payment.Reference),
        ("ExternalId", payment.KnownExternalId),
        ("Price", new Money(payment.PriceAmount, payment.PriceCurrency).ToString()),
        ("Quoted", payment.Quoted.ToString()),
        ("Coin", payment.Coin),
        ("Due", payment.Due?.ToString()),
        ("Received", payment.ReceivedAmount is { } received ? new Money(received, payment.PayCurrency).ToString() : null),
        ("Net", payment.NetAmount is { } net ? new Money(net, payment.NetCurrency ?? string.Empty).ToString() : null),
        ("Address", payment.Address),
        ("AddressTag", payment.AddressTag),
        ("Network", payment.Network),
        ("Transactions", payment.TransactionIds),
        ("ProviderStatus", payment.ProviderStatus),
        ("Failure", payment.FailureReason),
        ("Created", Utc(payment.CreatedOnUtc)),
        ("Expires", Utc(payment.ExpiresOnUtc)),
        ("Paid", Utc(payment.PaidOnUtc)),
        ("NextCheck", Utc(payment.NextCheckOnUtc))
    ];

    private async Task<PayoutModel> PayoutAsync(CryptoPayment payment, Order order, IPayoutGateway gateway)
    {
        var left = order.OrderTotal - order.RefundedAmount;
        return new PayoutModel
        {
            Amount = Number(payment.PriceAmount > 0 ? decimal.Round(payment.PayAmount * left / payment.PriceAmount, 8) : 0m),
            Currency = gateway.PayoutCurrencyOf(payment.Coin) ?? string.Empty,
            Refund = Number(left),
            FormKey = Guid.NewGuid().ToString("N"),
            Open = (await payouts.OpenAsync(payment.Id))?.Name
        };
    }

    private static string Number(decimal amount) => amount.ToString("0.##################", CultureInfo.InvariantCulture);

    private static string? Utc(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
