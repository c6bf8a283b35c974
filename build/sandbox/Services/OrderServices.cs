using CryptoGateways.Sandbox.Data;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Services.Orders;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Orders read by id are kept for the request, as in nopCommerce: another node's change is not seen in it.</summary>
public sealed class OrderService(
    IRepository<Order> orders, IRepository<OrderItem> items, IRepository<OrderNote> notes, IRepository<Product> products) : IOrderService
{
    public Task<Order> GetOrderByIdAsync(int orderId) => orders.GetByIdAsync(orderId, cache => default!, useShortTermCache: true);

    public Task<IList<OrderItem>> GetOrderItemsAsync(int orderId, bool? isNotReturnable = null, bool? isShipEnabled = null, int vendorId = 0) =>
        items.GetAllAsync(query => query.Where(item => item.OrderId == orderId));

    public async Task<Product> GetProductByOrderItemIdAsync(int orderItemId) =>
        await products.GetByIdAsync((await items.GetByIdAsync(orderItemId)).ProductId);

    public Task<IList<OrderNote>> GetOrderNotesByOrderIdAsync(int orderId, bool? displayToCustomer = null) =>
        notes.GetAllAsync(query => query.Where(note => note.OrderId == orderId && (displayToCustomer == null || note.DisplayToCustomer == displayToCustomer))
            .OrderByDescending(note => note.Id));

    public Task InsertOrderNoteAsync(OrderNote orderNote) => notes.InsertAsync(orderNote);

    public Task UpdateOrderAsync(Order order) => orders.UpdateAsync(order);
}

public sealed class ShoppingCartService(IRepository<ShoppingCartItem> items) : IShoppingCartService
{
    public Task<IList<ShoppingCartItem>> GetShoppingCartAsync(Customer customer, ShoppingCartType? shoppingCartType = null, int storeId = 0,
        int? productId = null, DateTime? createdFromUtc = null, DateTime? createdToUtc = null, int? customWishlistId = null) =>
        items.GetAllAsync(query => query.Where(item => item.CustomerId == customer.Id && (productId == null || item.ProductId == productId)));

    public async Task AddAsync(Customer customer, int storeId, int productId, int quantity)
    {
        var now = DateTime.UtcNow;
        if ((await GetShoppingCartAsync(customer, productId: productId)).FirstOrDefault() is not { } item)
        {
            await items.InsertAsync(new ShoppingCartItem
            {
                CustomerId = customer.Id, StoreId = storeId, ProductId = productId, Quantity = quantity,
                ShoppingCartType = ShoppingCartType.ShoppingCart, CreatedOnUtc = now, UpdatedOnUtc = now
            });
            return;
        }

        item.Quantity += quantity;
        await items.UpdateAsync(item);
    }

    public Task ClearAsync(int customerId) => items.DeleteAsync(item => item.CustomerId == customerId);

    /// <summary>A guest who logs in takes the cart along.</summary>
    public async Task MigrateAsync(Customer from, Customer to)
    {
        foreach (var item in await GetShoppingCartAsync(from))
            await AddAsync(to, item.StoreId, item.ProductId, item.Quantity);
        await ClearAsync(from.Id);
    }
}

/// <summary>Price times quantity plus the payment fee: no taxes, shipping, discounts or gift cards here.</summary>
public sealed class OrderTotalCalculationService(IRepository<Product> products, PaymentService payments, CheckoutState state) : IOrderTotalCalculationService
{
    public async Task<(decimal? shoppingCartTotal, decimal discountAmount, List<Discount> appliedDiscounts, List<AppliedGiftCard> appliedGiftCards, int redeemedRewardPoints, decimal redeemedRewardPointsAmount)>
        GetShoppingCartTotalAsync(IList<ShoppingCartItem> cart, bool? useRewardPoints = null, bool usePaymentMethodAdditionalFee = true)
    {
        var total = 0m;
        foreach (var item in cart)
            total += item.Quantity * (await products.GetByIdAsync(item.ProductId)).Price;
        if (usePaymentMethodAdditionalFee && cart.FirstOrDefault() is { } first && await state.GetAsync(first.CustomerId, CheckoutState.PaymentMethod) is { } method)
            total += await payments.GetAdditionalHandlingFeeAsync(cart, method);
        return (total, 0m, [], [], 0, 0m);
    }
}

/// <summary>What a customer has chosen so far.</summary>
public sealed class CheckoutState(IRepository<GenericAttribute> attributes)
{
    public const string PaymentMethod = "SelectedPaymentMethod", PaymentRequest = "ProcessPaymentRequest", AddressId = "BillingAddressId";

    public async Task<string?> GetAsync(int customerId, string key) =>
        (await attributes.GetAllAsync(query => query.Where(row => row.EntityId == customerId && row.Key == key))).FirstOrDefault()?.Value;

    public async Task SetAsync(int customerId, string key, string? value)
    {
        await attributes.DeleteAsync(row => row.EntityId == customerId && row.Key == key);
        if (value is not null)
            await attributes.InsertAsync(new GenericAttribute { EntityId = customerId, KeyGroup = nameof(Customer), Key = key, Value = value });
    }
}
