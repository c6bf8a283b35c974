using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Reads orders from the database, past every cache, and calculates their amounts.
/// </summary>
public class OrderReader(IRepository<Order> orders, AttemptStore attempts, DisplayedPrices prices)
{
    /// <summary>The order as the database has it now: the platform's own service answers from the request's cache.</summary>
    public async Task<Order?> FindAsync(int id) => await orders.GetByIdAsync(id);

    /// <summary>Several orders at once; deleted rows are left out.</summary>
    public Task<IList<Order>> FindManyAsync(int[] ids) => orders.GetAllAsync(query => query.Where(order => ids.Contains(order.Id)));

    /// <summary>
    /// The order's amount: its total as the platform displays it, in the primary store currency. It is what the shopper is shown, what
    /// gateways request, authorize and capture, and what a full refund returns.
    /// </summary>
    public Task<Money> AmountAsync(Order order) => prices.ShownAsync(order.OrderTotal);

    /// <inheritdoc cref="DisplayedPrices.ShownAsync"/>
    public Task<Money> ShownAsync(decimal amount) => prices.ShownAsync(amount);

    /// <summary>The outstanding balance: the order's amount less the partial payments of its attempts.</summary>
    public async Task<Money> BalanceAsync(Order order) => await BalanceAsync(order, await attempts.OfOrderAsync(order.Id));

    /// <summary>The outstanding balance after the partial payments of some attempts.</summary>
    /// <param name="order">The order.</param>
    /// <param name="some">The attempts whose partial payments count.</param>
    public async Task<Money> BalanceAsync(Order order, IEnumerable<CryptoPayment> some)
    {
        var amount = await AmountAsync(order);
        return OutstandingBalance.TotalValueOf(some, amount.Currency) is > 0 and var received ? await prices.ShownAsync(amount.Amount - received) : amount;
    }

    /// <summary>The outstanding balance, never below zero.</summary>
    /// <param name="order">The order.</param>
    /// <param name="some">The attempts whose partial payments count.</param>
    public async Task<decimal> AmountDueAsync(Order order, IEnumerable<CryptoPayment> some) => Math.Max(0m, (await BalanceAsync(order, some)).Amount);

    /// <summary>What can still be refunded of the order, as the platform displays it.</summary>
    public async Task<Money> RefundableAsync(Order order)
    {
        var amount = await AmountAsync(order);
        return amount with { Amount = amount.Amount - (await prices.ShownAsync(order.RefundedAmount)).Amount };
    }

    /// <summary>
    /// The refund that the platform has to record for an amount that a person entered: the displayed remainder stands for the whole
    /// remainder, with its hidden decimals. Null when the amount is more than the remainder.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="entered">In the primary store currency.</param>
    public async Task<decimal?> RefundOfAsync(Order order, decimal entered)
    {
        var remainder = order.OrderTotal - order.RefundedAmount;
        return entered == (await RefundableAsync(order)).Amount ? remainder : entered <= remainder ? entered : null;
    }
}
