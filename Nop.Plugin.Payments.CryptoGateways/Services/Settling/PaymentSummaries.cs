using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Reads what is told about payments, from the database alone.
/// </summary>
public class PaymentSummaries(AttemptReader attempts, OrderReader orders, AttemptGateways gateways, TimeProvider time)
{
    /// <summary>The attempt and its order as they are now, and what is told about it.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PaymentSummary Summary)> OfAsync(CryptoPayment payment)
    {
        var all = await attempts.OfOrderAsync(payment.OrderId);
        var current = all.First(attempt => attempt.Id == payment.Id);
        var order = await orders.FindAsync(payment.OrderId);
        return (current, order, await OfAsync(current, order, all, await gateways.VoiceOfAsync(current)));
    }

    /// <summary>All attempts of an order; the one that the shopper chose last comes last.</summary>
    public async Task<IReadOnlyList<(CryptoPayment Payment, PaymentSummary Summary)>> OfOrderAsync(Order order)
    {
        var all = await attempts.OfOrderAsync(order.Id);
        var summaries = new List<(CryptoPayment, PaymentSummary)>(all.Count);
        foreach (var payment in all)
            summaries.Add((payment, await OfAsync(payment, order, all, await gateways.VoiceOfAsync(payment))));
        return summaries;
    }

    /// <summary>Many at once, for lists: their orders and attempts are read together, and whether providers answer is left out.</summary>
    /// <returns>By the payment's id.</returns>
    public async Task<IReadOnlyDictionary<int, PaymentSummary>> OfManyAsync(IReadOnlyCollection<CryptoPayment> payments)
    {
        var ids = payments.Select(payment => payment.OrderId).Distinct().ToArray();
        var found = (await orders.FindManyAsync(ids)).ToDictionary(order => order.Id);
        var all = (await attempts.OfOrdersAsync(ids)).ToLookup(attempt => attempt.OrderId);
        var summaries = new Dictionary<int, PaymentSummary>(payments.Count);
        foreach (var payment in payments)
            summaries[payment.Id] = await OfAsync(payment, found.GetValueOrDefault(payment.OrderId), [.. all[payment.OrderId]], ProviderVoice.Answers);
        return summaries;
    }

    private async Task<PaymentSummary> OfAsync(CryptoPayment payment, Order? order, IList<CryptoPayment> all, ProviderVoice voice) => PaymentSummary.Of(new PaymentSummaryFacts
    {
        Payment = payment,
        Order = PaymentFactsReader.StateOf(order),
        OrderPaidOnUtc = order?.PaidDateUtc,
        Owed = order is null ? 0m : (await orders.RestAsync(order, all.Where(attempt => attempt.Id != payment.Id))).Amount,
        Attempts = [.. all],
        Provider = voice,
        CoinInfo = gateways.CoinOf(payment),
        HasGoodAddress = gateways.HasGoodAddress(payment),
        Now = time.GetUtcNow().UtcDateTime
    });
}
