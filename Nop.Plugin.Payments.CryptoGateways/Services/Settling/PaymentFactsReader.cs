using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Gathers, past every cache, what a decision about a payment needs.
/// </summary>
public class PaymentFactsReader(IRepository<Order> orders, AttemptReader attempts,
    PaidClaims claims, OrderRevival revival, ISettingService settingService, TimeProvider time)
{
    public async Task<PaymentFacts> ReadAsync(CryptoPayment payment, Lookup lookup, ProviderPayment? provider, IEnumerable<PaymentEvent> webhooks)
    {
        var order = await OrderAsync(payment.OrderId);
        var others = (await attempts.OfOrderAsync(payment.OrderId)).Where(other => other.Id != payment.Id).ToList();
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(payment.StoreId);
        return new PaymentFacts
        {
            Status = payment.Status,
            Quoted = payment.Quoted,
            PriceAmount = payment.PriceAmount,
            Reference = payment.Reference,
            ExternalId = payment.KnownExternalId,
            Age = time.GetUtcNow().UtcDateTime - payment.CreatedOnUtc,
            Watch = TimeSpan.FromDays(settings.WatchDays),
            Lookup = lookup,
            Provider = provider,
            IdIsAnothers = payment.KnownExternalId is null && provider?.ExternalId is { } id && await attempts.ByExternalIdAsync(payment.Gateway, id) is not null,
            Statements = [.. webhooks.Select(StatementOf)],
            Order = StateOf(order),
            Revival = order is not null && StateOf(order) == OrderState.Cancelled ? await revival.FindAsync(order) : Revival.Impossible,
            OrderTotal = OrderRest.OwedOf(order?.OrderTotal ?? 0m, payment.PriceAmount, OrderRest.BroughtBy(others, payment.PriceCurrency)),
            Claim = await ClaimAsync(payment),
            Policy = PaymentPolicy.From(settings),
            OthersMatter = others.Any(other => other.Attempt > payment.Attempt || PaymentStatusMoves.HoldsMoney(other.Status))
        };
    }

    /// <summary>The order as the database has it now: the platform's own service answers from the request's cache.</summary>
    public async Task<Order?> OrderAsync(int orderId) => await orders.GetByIdAsync(orderId);

    public static OrderState StateOf(Order? order) => order switch
    {
        null or { Deleted: true } => OrderState.Deleted,
        { PaymentStatus: PaymentStatus.Paid } => OrderState.Paid,
        { PaymentStatus: PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded or PaymentStatus.Voided } => OrderState.Returned,
        { OrderStatus: OrderStatus.Cancelled } => OrderState.Cancelled,
        { PaymentStatus: PaymentStatus.Authorized } => OrderState.Authorized,
        _ => OrderState.Open
    };

    private static Statement StatementOf(PaymentEvent webhook) => new(
        webhook is { StatedAmount: { } amount, StatedCurrency: { } currency } ? new Money(amount, currency) : null,
        webhook.StatedExternalId, (ProviderStatus?)webhook.StatedStatusId);

    private async Task<PaidClaim> ClaimAsync(CryptoPayment payment) => await claims.FindAsync(payment.OrderId) switch
    {
        null => PaidClaim.None,
        { } claim when claim.PaymentId != payment.Id => PaidClaim.Others,
        { ProcessedOnUtc: null } => PaidClaim.OursOpen,
        _ => PaidClaim.OursDone
    };
}
