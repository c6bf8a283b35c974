using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What the plugin registers when a store starts.
/// </summary>
public static class Registered
{
    private static readonly ServiceProvider _services = Build();

    public static IReadOnlyList<IPaymentGateway> Gateways => _services.GetRequiredService<GatewayRegistry>().All;

    public static CryptoGatewaysTelemetry Telemetry => _services.GetRequiredService<CryptoGatewaysTelemetry>();

    public static IEnumerable<string> GatewayNames => Gateways.Select(gateway => gateway.Descriptor.SystemName);

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection();
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
        return services.BuildServiceProvider();
    }
}
