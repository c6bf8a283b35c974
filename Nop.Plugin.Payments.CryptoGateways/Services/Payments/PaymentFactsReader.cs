using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Reads the facts for a decision about a payment, past every cache.
/// </summary>
public class PaymentFactsReader(OrderReader orders, AttemptStore attempts, OrderReopening reopening,
    ISettingService settingService, AmountConverter converter, TimeProvider time)
{
    /// <param name="payment">The attempt.</param>
    /// <param name="lookup">The result of the status request.</param>
    /// <param name="provider">The provider's response.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="webhooks">The verified webhooks about the attempt.</param>
    /// <param name="confirmedParts">Ids of partial payments of the same order that their providers have just confirmed; no others count.</param>
    public async Task<PaymentFacts> ReadAsync(CryptoPayment payment, Lookup lookup, ProviderPayment? provider, OrderSnapshot snapshot,
        IReadOnlyCollection<PaymentEvent> webhooks, IReadOnlyCollection<int> confirmedParts)
    {
        var order = await OrderAsync(payment.OrderId);
        var others = snapshot.Attempts.Where(other => other.Id != payment.Id).ToList();
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(payment.StoreId);
        // The platform may have announced a capture since the snapshot was read.
        var marker = snapshot.PaidMarker is { ProcessedOnUtc: null } && StateOf(order) == OrderState.Paid ? (await attempts.SnapshotAsync(payment.OrderId)).PaidMarker : snapshot.PaidMarker;
        return new PaymentFacts
        {
            Status = payment.Status,
            Quoted = payment.Quoted,
            PriceAmount = payment.PriceAmount,
            Reference = payment.Reference,
            ExternalId = payment.KnownExternalId,
            Age = Now - payment.CreatedOnUtc,
            Watch = TimeSpan.FromDays(settings.WatchDays),
            Lookup = lookup,
            Provider = provider,
            DueByWallet = payment.AmountToSend,
            Funds = await FundsAsync(payment, provider, webhooks, settings),
            WasSettled = payment.PaidOnUtc is not null,
            KnownReceived = payment.ReceivedAmount is { } received ? new Money(received, payment.ReceivedCurrency ?? payment.PayCurrency) : null,
            KnownRefunded = payment.RefundedAmount,
            IsReserved = payment.IsReserved,
            IsSettledManually = payment.IsSettledManually,
            IsIdOfAnotherPayment = payment.KnownExternalId is null && provider?.ExternalId is { } id && await attempts.IsExternalIdTakenAsync(payment, id),
            Statements = [.. webhooks.Select(StatementOf)],
            HasOpenWebhook = webhooks.Any(webhook => webhook.ProcessedOnUtc is null),
            Order = StateOf(order),
            Reopening = order is not null && StateOf(order) == OrderState.Cancelled ? await reopening.FindAsync(order, snapshot) : Reopening.Impossible,
            OrderTotal = order is null ? 0m : await orders.AmountDueAsync(order, others.Where(other => confirmedParts.Contains(other.Id))),
            OrderRefunded = order switch { null => 0m, { PaymentStatus: PaymentStatus.Voided } => order.OrderTotal, _ => (await orders.ShownAsync(order.RefundedAmount)).Amount },
            PaidMarker = PaidMarkerOf(payment, marker),
            PaidMarkerAge = marker is null ? null : Now - marker.CreatedOnUtc,
            Policy = PaymentPolicy.From(settings),
            OtherAttemptsMatter = others.Any(other => other.IsNewerThan(payment) || StatusTransitions.HoldsFunds(other.Status))
        };
    }

    /// <summary>The facts as stored, without a status request.</summary>
    public async Task<PaymentFacts> ReadStoredAsync(CryptoPayment payment) =>
        await ReadAsync(payment, Lookup.Impossible, null, await attempts.SnapshotAsync(payment.OrderId), [], []);

    /// <inheritdoc cref="OrderReader.FindAsync"/>
    public Task<Order?> OrderAsync(int orderId) => orders.FindAsync(orderId);

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

    private static PaidMarker PaidMarkerOf(CryptoPayment payment, PaymentEvent? marker) => marker switch
    {
        null => PaidMarker.None,
        _ when marker.PaymentId != payment.Id => PaidMarker.Others,
        { ProcessedOnUtc: null } => PaidMarker.OursOpen,
        _ => PaidMarker.OursDone
    };

    /// <summary>What is known about the funds with this response. A price is read only for funds that arrive late.</summary>
    private async Task<FundsRecord> FundsAsync(CryptoPayment payment, ProviderPayment? provider, IEnumerable<PaymentEvent> webhooks, CryptoGatewaysSettings settings)
    {
        var known = FundsRecord.Of(payment);
        if (provider is null || ReceivedBy(provider, payment) is not { } amount)
            return known;

        var expected = provider.Expected?.Amount ?? payment.PayAmount;
        var receipt = new FundsReceipt(amount, payment.ReceivedAmount ?? expected, SeenOn(payment, provider, webhooks), Now, DeadlineOf(payment, provider), payment.QuoteExpiresOnUtc);
        return known.After(receipt, known.NeedsPrice(receipt) ? await converter.MarketValueAsync(payment.Coin, payment.PriceCurrency, settings) : null);
    }

    /// <summary>The amount received; null for none, and the total expected when the provider reports no amount.</summary>
    private static decimal? ReceivedBy(ProviderPayment provider, CryptoPayment payment) => provider.Received is { } received ? received.Amount
        : provider.Status is ProviderStatus.Confirming or ProviderStatus.Completed ? provider.Expected?.Amount ?? payment.PayAmount
        : null;

    /// <summary>When funds were first seen: by the provider's record, else by the first webhook or this check.</summary>
    private DateTime SeenOn(CryptoPayment payment, ProviderPayment provider, IEnumerable<PaymentEvent> webhooks)
    {
        var now = Now;
        var seen = provider.FundsSeenOnUtc ?? webhooks
            .Where(webhook => (ProviderStatus?)webhook.StatedStatusId is ProviderStatus.Confirming or ProviderStatus.Completed or ProviderStatus.Underpaid)
            .Select(webhook => webhook.CreatedOnUtc).Append(now).Min();
        return seen > now ? now : seen < payment.CreatedOnUtc ? payment.CreatedOnUtc : seen;
    }

    /// <summary>The deadline of the attempt: the quote's end, or the provider's if sooner. A payment that the provider ended without a time is past it.</summary>
    private static DateTime? DeadlineOf(CryptoPayment payment, ProviderPayment provider)
    {
        if (payment.Status == CryptoPaymentStatus.Expired && provider.FundsSeenOnUtc is null)
            return DateTime.MinValue;

        return payment.QuoteExpiresOnUtc < payment.ExpiresOnUtc ? payment.QuoteExpiresOnUtc : payment.ExpiresOnUtc ?? payment.QuoteExpiresOnUtc;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
