using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What the shopper chose last: in this checkout, else for the newest order in this store. It stands in the platform's own rows, so
/// that nothing has to be kept for it, no cookie is set, and it goes when the customer's data go.
/// </summary>
public class LastChoice(IRepository<Order> orders, AttemptReader attempts, IOrderProcessingService orderProcessingService,
    IWorkContext workContext, IStoreContext storeContext)
{
    /// <summary>As <see cref="Offer.Choice"/>; null when there is none.</summary>
    public async Task<string?> FindAsync()
    {
        if (CheckoutFlow.ChoiceIn(await orderProcessingService.GetProcessPaymentRequestAsync()) is { } choice)
            return choice;

        var customerId = (await workContext.GetCurrentCustomerAsync()).Id;
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var newest = (await orders.GetAllAsync(query => query
            .Where(order => order.CustomerId == customerId && order.StoreId == storeId && order.PaymentMethodSystemName == CryptoGatewaysDefaults.SystemName)
            .OrderByDescending(order => order.Id)
            .Take(1))).FirstOrDefault();
        return newest is null ? null
            : await attempts.LatestAsync(newest.Id) is { } attempt ? attempt.Choice : CheckoutFlow.ChoiceIn(newest);
    }
}
