using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Services.Helpers;
using Nop.Services.Localization;

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

    /// <summary>Texts of a store that has none, and times in UTC.</summary>
    public static PluginTexts Texts(ILocalizationService? texts = null) =>
        new(texts ?? Mock.Of<ILocalizationService>(), Mock.Of<IDateTimeHelper>(helper => helper.GetCurrentTimeZoneAsync() == Task.FromResult(TimeZoneInfo.Utc)), _services.GetRequiredService<GatewayRegistry>());

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection();
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
        return services.BuildServiceProvider();
    }
}
