using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Security;
using Nop.Core.Events;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Events;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Listens to the platform. It is found by its type even when the plugin is not installed; there are no tables then.
/// </summary>
public class EventConsumer(GatewaySettingsStore gatewaySettings, OperationCompletion operations, TextInstaller texts, IPaymentPluginManager paymentPluginManager)
    : IConsumer<SecuritySettingsChangedEvent>, IConsumer<EntityInsertedEvent<Language>>,
        IConsumer<OrderPaidEvent>, IConsumer<OrderVoidedEvent>, IConsumer<OrderRefundedEvent>
{
    public async Task HandleEventAsync(SecuritySettingsChangedEvent eventMessage)
    {
        if (await paymentPluginManager.IsPluginInstalledAsync())
            await gatewaySettings.ReprotectAsync(eventMessage.OldEncryptionPrivateKey);
    }

    /// <summary>A language that the owner adds later gets its texts at once.</summary>
    public async Task HandleEventAsync(EntityInsertedEvent<Language> eventMessage)
    {
        if (await paymentPluginManager.IsPluginInstalledAsync())
            await texts.AddAsync(eventMessage.Entity);
    }

    public Task HandleEventAsync(OrderPaidEvent eventMessage) => WrittenAsync(eventMessage.Order, OperationNames.Capture);

    public Task HandleEventAsync(OrderVoidedEvent eventMessage) => WrittenAsync(eventMessage.Order, OperationNames.Void);

    public Task HandleEventAsync(OrderRefundedEvent eventMessage) => WrittenAsync(eventMessage.Order, OperationNames.Refund);

    /// <summary>The platform publishes them after it has written the order.</summary>
    private async Task WrittenAsync(Order order, string operation)
    {
        if (order.PaymentMethodSystemName == CryptoGatewaysDefaults.SystemName && await paymentPluginManager.IsPluginInstalledAsync())
            await operations.CompleteAsync(order, operation);
    }
}
