using Nop.Core;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Orders of whoever is looking.
/// </summary>
public class OwnOrders(PaymentFactsReader facts, IWorkContext workContext)
{
    /// <summary>The order as the database has it now, when it was paid with this method and belongs to the current customer; else null.</summary>
    public async Task<Order?> FindAsync(int orderId)
    {
        var order = await facts.OrderAsync(orderId);
        var customer = await workContext.GetCurrentCustomerAsync();
        return order is { Deleted: false, PaymentMethodSystemName: CryptoGatewaysDefaults.SystemName } && order.CustomerId == customer.Id ? order : null;
    }
}
