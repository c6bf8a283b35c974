using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Reads payment summaries from the database.
/// </summary>
public class PaymentSummaryReader(AttemptStore attempts, OrderReader orders, AttemptGateways gateways, TimeProvider time)
{
    /// <summary>The attempt and its order as stored now, with the summary.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PaymentSummary Summary)> OfAsync(CryptoPayment payment)
    {
        return await OfAsync(payment, [.. await attempts.OfOrderAsync(payment.OrderId)]);
    }

    /// <summary>The summary for a caller that has just read all attempts of the order.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PaymentSummary Summary)> OfAsync(CryptoPayment payment, IReadOnlyList<CryptoPayment> all)
    {
        var current = all.First(attempt => attempt.Id == payment.Id);
        var order = await orders.FindAsync(payment.OrderId);
        return (current, order, await OfAsync(current, order, all, await gateways.AvailabilityOfAsync(current)));
    }

    /// <summary>All attempts of an order; the one that the shopper chose last comes last.</summary>
    public async Task<IReadOnlyList<(CryptoPayment Payment, PaymentSummary Summary)>> OfOrderAsync(Order order)
    {
        var all = await attempts.OfOrderAsync(order.Id);
        var summaries = new List<(CryptoPayment, PaymentSummary)>(all.Count);
        foreach (var payment in all)
            summaries.Add((payment, await OfAsync(payment, order, all, await gateways.AvailabilityOfAsync(payment))));
        return summaries;
    }

    /// <summary>Summaries for lists: orders and attempts are read together, and the availability of providers is left out.</summary>
    /// <returns>By the payment's id.</returns>
    public async Task<IReadOnlyDictionary<int, PaymentSummary>> OfManyAsync(IReadOnlyCollection<CryptoPayment> payments)
    {
        var ids = payments.Select(payment => payment.OrderId).Distinct().ToArray();
        var found = (await orders.FindManyAsync(ids)).ToDictionary(order => order.Id);
        var all = (await attempts.OfOrdersAsync(ids)).ToLookup(attempt => attempt.OrderId);
        var summaries = new Dictionary<int, PaymentSummary>(payments.Count);
        foreach (var payment in payments)
            summaries[payment.Id] = await OfAsync(payment, found.GetValueOrDefault(payment.OrderId), [.. all[payment.OrderId]], ProviderAvailability.Answers);
        return summaries;
    }

    private async Task<PaymentSummary> OfAsync(CryptoPayment payment, Order? order, IEnumerable<CryptoPayment> all, ProviderAvailability availability) => PaymentSummary.Of(new PaymentSummaryFacts
    {
        Payment = payment,
        Order = PaymentFactsReader.StateOf(order),
        OrderPaidOnUtc = order?.PaidDateUtc,
        AmountDue = order is null ? 0m : (await orders.BalanceAsync(order, all.Where(attempt => attempt.Id != payment.Id))).Amount,
        Attempts = [.. all],
        Provider = availability,
        CoinInfo = gateways.CoinOf(payment),
        HasGoodAddress = gateways.HasGoodAddress(payment),
        Now = time.GetUtcNow().UtcDateTime
    });
}
