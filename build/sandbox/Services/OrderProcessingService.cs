using CryptoGateways.Sandbox.Data;
using Newtonsoft.Json;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Data;
using Nop.Services.Catalog;
using Nop.Services.Directory;
using Nop.Services.Orders;
using Nop.Services.Payments;
using ILogger = Nop.Services.Logging.ILogger;

namespace CryptoGateways.Sandbox.Services;

/// <summary>
/// The order's life. As in nopCommerce nothing here takes a lock, and being paid means in this order: status, note, order status,
/// event, mail.
/// </summary>
public sealed class OrderProcessingService(
    OrderService orderService, IRepository<Order> orders, IRepository<OrderItem> orderItems, IRepository<QueuedEmail> emails,
    IRepository<PublishedEvent> published, IRepository<Address> addresses, IProductService products, IOrderTotalCalculationService totals,
    PaymentService payments, ShoppingCartService carts, CheckoutState state, IWorkContext workContext, IEventPublisher events, ILogger logger,
    ICurrencyService currencies, CurrencySettings currencySettings, PaymentSettings paymentSettings, SandboxOptions options, CrashPoints crash,
    Lazy<OrderOperations> operations)
    : IOrderProcessingService
{
    public bool CanCancelOrder(Order order) => order.OrderStatus != OrderStatus.Cancelled;

    public bool CanMarkOrderAsPaid(Order order) => order.OrderStatus != OrderStatus.Cancelled
        && order.PaymentStatus is not (PaymentStatus.Paid or PaymentStatus.Refunded or PaymentStatus.Voided);

    public async Task MarkOrderAsPaidAsync(Order order)
    {
        crash.At("mark-paid");
        if (!CanMarkOrderAsPaid(order))
            throw new NopException("This order cannot be marked as paid");

        order.PaymentStatus = PaymentStatus.Paid;
        order.PaidDateUtc = DateTime.UtcNow;
        await orderService.UpdateOrderAsync(order);
        crash.At("paid-saved");
        await NoteAsync(order, "Order has been marked as paid");
        await CheckOrderStatusAsync(order);
        if (order.PaymentStatus == PaymentStatus.Paid)
            await OrderPaidAsync(order);
    }

    public async Task<bool> CanCaptureAsync(Order order) => (await operations.Value.CanAsync(order)).Capture;

    public Task<IList<string>> CaptureAsync(Order order) => operations.Value.CaptureAsync(order);

    public async Task<bool> CanVoidAsync(Order order) => (await operations.Value.CanAsync(order)).Void;

    public Task<IList<string>> VoidAsync(Order order) => operations.Value.VoidAsync(order);

    public async Task<bool> CanRefundAsync(Order order) => (await operations.Value.CanAsync(order)).Refund;

    public Task<IList<string>> RefundAsync(Order order) => operations.Value.RefundAsync(order);

    public async Task<bool> CanPartiallyRefundAsync(Order order, decimal amountToRefund) =>
        (await operations.Value.CanAsync(order)).PartialRefund && amountToRefund <= order.OrderTotal - order.RefundedAmount;

    public Task<IList<string>> PartiallyRefundAsync(Order order, decimal amountToRefund) => operations.Value.PartiallyRefundAsync(order, amountToRefund);

    public bool CanMarkOrderAsAuthorized(Order order) => order.OrderStatus != OrderStatus.Cancelled && order.PaymentStatus == PaymentStatus.Pending;

    /// <summary>As there, without a guard of its own.</summary>
    public async Task MarkAsAuthorizedAsync(Order order)
    {
        order.PaymentStatus = PaymentStatus.Authorized;
        await orderService.UpdateOrderAsync(order);
        await NoteAsync(order, "Order has been marked as authorized");
        await CheckOrderStatusAsync(order);
    }

    public bool CanRefundOffline(Order order) => order is { OrderTotal: > 0m, RefundedAmount: 0m, PaymentStatus: PaymentStatus.Paid };

    public async Task RefundOfflineAsync(Order order)
    {
        if (!CanRefundOffline(order))
            throw new NopException("This order cannot be refunded");
        await RefundedOfflineAsync(order, order.OrderTotal, "Order has been marked as refunded");
    }

    public bool CanPartiallyRefundOffline(Order order, decimal amountToRefund) => order.OrderTotal > 0m
        && order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded && amountToRefund <= order.OrderTotal - order.RefundedAmount;

    public async Task PartiallyRefundOfflineAsync(Order order, decimal amountToRefund)
    {
        if (!CanPartiallyRefundOffline(order, amountToRefund))
            throw new NopException("This order cannot be partially refunded");
        await RefundedOfflineAsync(order, amountToRefund, "Order has been marked as partially refunded");
    }

    private async Task RefundedOfflineAsync(Order order, decimal amount, string note)
    {
        order.RefundedAmount += amount;
        order.PaymentStatus = order.RefundedAmount == order.OrderTotal ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded;
        await orderService.UpdateOrderAsync(order);
        await NoteAsync(order, note);
        await CheckOrderStatusAsync(order);
    }

    public async Task CheckOrderStatusAsync(Order order)
    {
        if (order.OrderStatus == OrderStatus.Pending && order.PaymentStatus is PaymentStatus.Authorized or PaymentStatus.Paid)
            await SetStatusAsync(order, OrderStatus.Processing);
        if (order.OrderStatus == OrderStatus.Processing && order.PaymentStatus == PaymentStatus.Paid && order.ShippingStatus == ShippingStatus.ShippingNotRequired)
            await SetStatusAsync(order, OrderStatus.Complete);
    }

    public async Task CancelOrderAsync(Order order, bool notifyCustomer)
    {
        if (!CanCancelOrder(order))
            throw new NopException("This order cannot be cancelled");

        await SetStatusAsync(order, OrderStatus.Cancelled);
        await NoteAsync(order, "Order has been cancelled");
        foreach (var item in await orderService.GetOrderItemsAsync(order.Id))
            await products.AdjustInventoryAsync(await products.GetProductByIdAsync(item.ProductId), item.Quantity);
    }

    public async Task<ProcessPaymentRequest> GetProcessPaymentRequestAsync() =>
        await state.GetAsync((await workContext.GetCurrentCustomerAsync()).Id, CheckoutState.PaymentRequest) is { } json
            ? JsonConvert.DeserializeObject<ProcessPaymentRequest>(json)!
            : null!;

    public async Task SetProcessPaymentRequestAsync(ProcessPaymentRequest? processPaymentRequest, bool useNewOrderGuid = false)
    {
        if (processPaymentRequest is not null && !useNewOrderGuid && await GetProcessPaymentRequestAsync() is { OrderGuidGeneratedOnUtc: { } generated } earlier
            && DateTime.UtcNow - generated < TimeSpan.FromSeconds(paymentSettings.RegenerateOrderGuidInterval))
            (processPaymentRequest.OrderGuid, processPaymentRequest.OrderGuidGeneratedOnUtc) = (earlier.OrderGuid, generated);
        await state.SetAsync((await workContext.GetCurrentCustomerAsync()).Id, CheckoutState.PaymentRequest,
            processPaymentRequest is null ? null : JsonConvert.SerializeObject(processPaymentRequest));
    }

    /// <summary>Calls ProcessPaymentAsync, stores the order, empties the cart. An exception is logged and its message returned.</summary>
    public async Task<(Order? Order, string? Error)> PlaceOrderAsync(ProcessPaymentRequest request)
    {
        try
        {
            var customer = await workContext.GetCurrentCustomerAsync();
            var cart = await carts.GetShoppingCartAsync(customer);
            var total = (await totals.GetShoppingCartTotalAsync(cart)).shoppingCartTotal!.Value;
            var fee = await payments.GetAdditionalHandlingFeeAsync(cart, request.PaymentMethodSystemName);
            var currency = await currencies.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
            request.OrderTotal = total;
            var result = total == 0
                ? new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Paid }
                : await (await payments.LoadActiveAsync(request.PaymentMethodSystemName)).ProcessPaymentAsync(request);
            if (!result.Success)
                return (null, string.Join(" ", result.Errors));

            var order = new Order
            {
                OrderGuid = request.OrderGuid,
                StoreId = request.StoreId,
                CustomerId = customer.Id,
                BillingAddressId = await BillingAddressAsync(customer),
                OrderStatus = OrderStatus.Pending,
                PaymentStatus = result.NewPaymentStatus,
                ShippingStatus = ShippingStatus.NotYetShipped,
                PaymentMethodSystemName = request.PaymentMethodSystemName,
                CustomerCurrencyCode = currency.CurrencyCode,
                CurrencyRate = 1m,
                OrderSubtotalInclTax = total - fee,
                OrderSubtotalExclTax = total - fee,
                PaymentMethodAdditionalFeeInclTax = fee,
                PaymentMethodAdditionalFeeExclTax = fee,
                OrderTotal = total,
                CustomerLanguageId = (await workContext.GetWorkingLanguageAsync()).Id,
                AuthorizationTransactionCode = result.AuthorizationTransactionCode ?? "",
                CustomValuesXml = request.CustomValues.SerializeToXml(),
                CustomOrderNumber = "",
                CreatedOnUtc = DateTime.UtcNow
            };
            await orders.InsertAsync(order);
            order.CustomOrderNumber = $"{order.Id}";
            await orders.UpdateAsync(order);
            foreach (var item in cart)
            {
                var product = await products.GetProductByIdAsync(item.ProductId);
                var price = product.Price;
                await orderItems.InsertAsync(new OrderItem
                {
                    OrderItemGuid = Guid.NewGuid(), OrderId = order.Id, ProductId = item.ProductId, Quantity = item.Quantity,
                    UnitPriceInclTax = price, UnitPriceExclTax = price, PriceInclTax = price * item.Quantity, PriceExclTax = price * item.Quantity
                });
                await products.AdjustInventoryAsync(product, -item.Quantity);
            }

            await carts.ClearAsync(customer.Id);
            await NoteAsync(order, "Order placed");
            await MailAsync(order, "placed");
            await CheckOrderStatusAsync(order);
            if (order.PaymentStatus == PaymentStatus.Paid)
                await OrderPaidAsync(order);
            return (order, null);
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync(exception.Message, exception);
            return (null, exception.Message);
        }
    }

    public async Task OrderPaidAsync(Order order)
    {
        await published.InsertAsync(new PublishedEvent { Name = nameof(OrderPaidEvent), OrderId = order.Id, Node = options.Node, CreatedOnUtc = DateTime.UtcNow });
        await events.PublishAsync(new OrderPaidEvent(order));
        await MailAsync(order, "paid");
    }

    private async Task SetStatusAsync(Order order, OrderStatus status)
    {
        order.OrderStatus = status;
        await orderService.UpdateOrderAsync(order);
        await NoteAsync(order, $"Order status has been changed to {status}");
    }

    private async Task<int> BillingAddressAsync(Customer customer)
    {
        if (int.TryParse(await state.GetAsync(customer.Id, CheckoutState.AddressId), out var id))
            return id;
        var address = new Address { FirstName = customer.FirstName, LastName = customer.LastName, Email = customer.Email, CreatedOnUtc = DateTime.UtcNow };
        await addresses.InsertAsync(address);
        return address.Id;
    }

    public Task NoteAsync(Order order, string note) =>
        orderService.InsertOrderNoteAsync(new OrderNote { OrderId = order.Id, Note = note, CreatedOnUtc = DateTime.UtcNow });

    private async Task MailAsync(Order order, string what) => await emails.InsertAsync(new QueuedEmail
    {
        To = (await addresses.GetByIdAsync(order.BillingAddressId))?.Email ?? "",
        Subject = $"Order {order.Id} {what}",
        CreatedOnUtc = DateTime.UtcNow
    });
}
