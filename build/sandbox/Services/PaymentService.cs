using CryptoGateways.Sandbox.Plugins;
using Nop.Core;
using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Cms;
using Nop.Services.Payments;
using Nop.Services.Plugins;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Installed payment plugins; a new one is inactive until an admin activates it.</summary>
public sealed class PaymentPluginManager(PluginCatalog catalog, IServiceProvider services, PaymentSettings settings, WidgetSettings widgetSettings) : IPaymentPluginManager
{
    private readonly Dictionary<string, IPaymentMethod> _loaded = [];

    public IEnumerable<IPaymentMethod> LoadAll() => catalog.Descriptors.Where(descriptor => descriptor.Installed).Select(Load).OfType<IPaymentMethod>();

    public Task<IPaymentMethod> LoadPluginBySystemNameAsync(string systemName, Customer? customer = null, int storeId = 0) =>
        Task.FromResult(LoadAll().FirstOrDefault(method => method.PluginDescriptor.SystemName == systemName)!);

    public bool IsPluginActive(IPaymentMethod paymentMethod) =>
        settings.ActivePaymentMethodSystemNames.Contains(paymentMethod.PluginDescriptor.SystemName);

    /// <summary>The components of active widgets that want to be shown in a place.</summary>
    public async Task<IReadOnlyList<Type>> WidgetsAsync(string zone)
    {
        var components = new List<Type>();
        foreach (var method in LoadAll())
            if (method is IWidgetPlugin widget && widgetSettings.ActiveWidgetSystemNames.Contains(method.PluginDescriptor.SystemName)
                && (await widget.GetWidgetZonesAsync()).Contains(zone))
                components.Add(widget.GetWidgetViewComponent(zone));
        return components;
    }

    private IPaymentMethod? Load(PluginDescriptor descriptor)
    {
        if (!typeof(IPaymentMethod).IsAssignableFrom(descriptor.PluginType))
            return null;
        if (!_loaded.TryGetValue(descriptor.SystemName, out var method))
            _loaded[descriptor.SystemName] = method = services.PluginInstance<IPaymentMethod>(descriptor);
        return method;
    }
}

public sealed class PaymentService(PaymentPluginManager manager, PaymentSettings settings)
{
    public async Task<IPaymentMethod> LoadActiveAsync(string systemName) =>
        await manager.LoadPluginBySystemNameAsync(systemName) is { } method && manager.IsPluginActive(method)
            ? method
            : throw new NopException("The payment method is not active");

    public async Task PostProcessPaymentAsync(Order order)
    {
        if (order.PaymentStatus == PaymentStatus.Paid)
            return;

        var method = await manager.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName) ?? throw new NopException("The payment method cannot be loaded");
        await method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = order });
    }

    /// <summary>Whether the order page has "retry payment".</summary>
    public async Task<bool> CanRePostProcessPaymentAsync(Order order) =>
        settings.AllowRePostingPayments
        && await manager.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName) is { PaymentMethodType: PaymentMethodType.Redirection } method
        && order is { Deleted: false, PaymentStatus: PaymentStatus.Pending }
        && order.OrderStatus != OrderStatus.Cancelled
        && await method.CanRePostProcessPaymentAsync(order);

    public async Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart, string systemName) =>
        await manager.LoadPluginBySystemNameAsync(systemName) is { } method ? Math.Max(0m, await method.GetAdditionalHandlingFeeAsync(cart)) : 0m;
}

/// <summary>The platform's card tag helper asks for it.</summary>
public sealed class NoWidgets : Nop.Web.Framework.Factories.IWidgetModelFactory;
