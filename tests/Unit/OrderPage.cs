using Moq;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Services;
using Nop.Services.Payments;
using Nop.Services.Plugins;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The platform's order page: it reads the order, calls the payment method, writes the order as it read it and publishes the event.
/// </summary>
public sealed class OrderPage
{
    private readonly Shop _shop;
    private readonly EventConsumer _consumer;

    public OrderPage(Shop shop)
    {
        _shop = shop;
        Singleton<IPluginsInfo>.Instance = Mock.Of<IPluginsInfo>(plugins => plugins.InstalledPlugins == new[] { new PluginDescriptorBaseInfo { SystemName = CryptoGatewaysDefaults.SystemName } });
        _consumer = new EventConsumer(null!, shop.Completion, null!);
    }

    /// <summary>Where the process dies after the method answered.</summary>
    public PageCrash Crash { get; set; }

    /// <summary>How often the platform announced that the order is paid, because of a capture.</summary>
    public int PaidEvents { get; private set; }

    /// <summary>What happens between the write and the event.</summary>
    public Action BeforeTheEvent { get; set; } = () => { };

    public Order Read() => _shop.Orders.Single;

    /// <summary>What the owner is told; empty when it was done.</summary>
    /// <param name="order">As it was read some time ago; by default now.</param>
    public Task<string> CaptureAsync(Order? order = null) => DoAsync(order ?? Read(), read => _shop.Method.CaptureAsync(new CapturePaymentRequest { Order = read }), async (read, result) =>
    {
        (read.PaymentStatus, read.CaptureTransactionId, read.PaidDateUtc) = (result.NewPaymentStatus, result.CaptureTransactionId, _shop.Time.Now);
        await WriteAsync(read);
        PaidEvents++;
        await _consumer.HandleEventAsync(new OrderPaidEvent(read));
    });

    public Task<string> VoidAsync(Order? order = null) => DoAsync(order ?? Read(), read => _shop.Method.VoidAsync(new VoidPaymentRequest { Order = read }), async (read, result) =>
    {
        read.PaymentStatus = result.NewPaymentStatus;
        await WriteAsync(read);
        await _consumer.HandleEventAsync(new OrderVoidedEvent(read));
    });

    /// <param name="amount">A part; by default the whole.</param>
    /// <param name="order">As it was read some time ago; by default now.</param>
    public Task<string> RefundAsync(decimal? amount = null, Order? order = null)
    {
        var request = new RefundPaymentRequest { Order = order ?? Read(), IsPartialRefund = amount is not null };
        request.AmountToRefund = amount ?? request.Order.OrderTotal;
        return DoAsync(request.Order, _ => _shop.Method.RefundAsync(request), async (read, result) =>
        {
            read.RefundedAmount += request.AmountToRefund;
            read.PaymentStatus = read.RefundedAmount == read.OrderTotal ? PaymentStatus.Refunded : result.NewPaymentStatus;
            await WriteAsync(read);
            await _consumer.HandleEventAsync(new OrderRefundedEvent(read, request.AmountToRefund));
        });
    }

    private async Task<string> DoAsync<T>(Order read, Func<Order, Task<T>> ask, Func<Order, T, Task> write) where T : BaseNopResult
    {
        var result = await ask(read);
        if (result.Success && Crash != PageCrash.BeforeTheWrite)
        {
            try
            {
                await write(read, result);
            }
            catch (InvalidOperationException) when (Crash == PageCrash.BeforeTheEvent)
            {
            }
        }
        return string.Join(' ', result.Errors);
    }

    private async Task WriteAsync(Order order)
    {
        await _shop.Orders.Repository.UpdateAsync(order);
        if (Crash == PageCrash.BeforeTheEvent)
            throw new InvalidOperationException("killed");
        BeforeTheEvent();
    }
}

public enum PageCrash
{
    None,
    BeforeTheWrite,
    BeforeTheEvent
}
