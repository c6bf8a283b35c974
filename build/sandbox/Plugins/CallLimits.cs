using System.Collections;

namespace CryptoGateways.Sandbox.Plugins;

/// <summary>How often the plugin may call providers.</summary>
public static class CallLimits
{
    private const string Gateway = "Nop.Plugin.Payments.CryptoGateways.Gateways.IPaymentGateway";

    /// <summary>Takes away the limits that the gateways declare. The plugin has no switch for it, and none is wanted in a store.</summary>
    public static void Remove(IServiceProvider services, PluginCatalog plugins)
    {
        foreach (var contract in plugins.Assemblies.Select(assembly => assembly.GetType(Gateway)).OfType<Type>())
        {
            foreach (var gateway in (IEnumerable)services.GetServices(contract))
            {
                var descriptor = contract.GetProperty("Descriptor")!.GetValue(gateway)!;
                var limits = descriptor.GetType().GetProperty("Limits")!;
                limits.SetValue(descriptor, Array.CreateInstance(limits.PropertyType.GenericTypeArguments[0], 0));
            }
        }
    }
}
