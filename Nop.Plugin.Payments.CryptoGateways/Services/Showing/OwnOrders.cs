using Nop.Core;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Orders of whoever is looking.
/// </summary>
public class OwnOrders(PaymentFactsReader facts, IWorkContext workContext)
{
    /// <summary>
    /// The order as the database has it now, when it was paid with this method and belongs to the current customer; else null. Accounts
    /// of the platform own none: everybody whom the store does not know acts as one.
    /// </summary>
    public async Task<Order?> FindAsync(int orderId)
    {
        var order = await facts.OrderAsync(orderId);
        var customer = await workContext.GetCurrentCustomerAsync();
        return order is { Deleted: false, PaymentMethodSystemName: CryptoGatewaysDefaults.SystemName } && order.CustomerId == customer.Id && !customer.IsSystemAccount ? order : null;
    }
}
