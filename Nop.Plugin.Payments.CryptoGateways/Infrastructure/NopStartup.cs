using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;
using Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Web.Framework.Infrastructure.Extensions;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Registers the plugin's services. The platform runs it whether the plugin is installed or not.
/// </summary>
public class NopStartup : INopStartup
{
    /// <summary>After the platform's own registrations.</summary>
    public int Order => 3000;

    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        AddGateways(services);

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<CryptoGatewaysTelemetry>();
        services.AddSingleton<GatewayRegistry>();
        services.AddSingleton<GatewayHttp>();
        services.AddSingleton<ProviderRateLimiter>();
        services.AddSingleton<LogThrottle>();
        services.AddSingleton<PollThrottle>();
        services.AddSingleton<RejectedWebhooks>();
        services.AddSingleton<ReturnThrottle>();
        services.AddSingleton<AcceptedWebhooks>();
        AddHttpClient(services);
        AddServices(services);
    }

    public void Configure(IApplicationBuilder application)
    {
    }

    /// <summary>
    /// Registers each service and model factory by its own type: all public, unsealed classes of both namespaces. Records and static classes
    /// are sealed.
    /// </summary>
    private static void AddServices(IServiceCollection services)
    {
        string[] namespaces = [$"{typeof(CryptoGatewaysDefaults).Namespace}.Services.", $"{typeof(CryptoGatewaysDefaults).Namespace}.Factories."];
        foreach (var type in typeof(NopStartup).Assembly.GetExportedTypes())
        {
            if (type is { IsClass: true, IsAbstract: false, IsSealed: false, IsNested: false } && namespaces.Any(prefix => $"{type.Namespace}.".StartsWith(prefix, StringComparison.Ordinal)))
                services.TryAddScoped(type);
        }
    }

    /// <summary>The platform's handler, which knows the store's proxy, without following redirects or keeping cookies.</summary>
    private static void AddHttpClient(IServiceCollection services)
    {
        var builder = services.AddHttpClient(GatewayHttp.ClientName, client =>
        {
            client.Timeout = GatewayHttp.Timeout;
            client.MaxResponseContentBufferSize = GatewayHttp.MaxResponseBytes;
            client.DefaultRequestHeaders.UserAgent.Add(GatewayHttp.UserAgent);
        });
        builder.WithProxy();
        builder.ConfigurePrimaryHttpMessageHandler((handler, _) =>
        {
            if (handler is not HttpClientHandler plain)
                return;
            plain.AllowAutoRedirect = false;
            plain.UseCookies = false;
            // Some providers and proxies compress responses without being asked to.
            plain.AutomaticDecompression = DecompressionMethods.All;
        });
        // The default loggers would log the URL of every request, which contains payment references.
        builder.RemoveAllLoggers();
    }

    /// <summary>Registers the gateways, one line each.</summary>
    private static void AddGateways(IServiceCollection services)
    {
        Add<CoinskroGateway>(services);
        Add<CoinPay24Gateway>(services);
        Add<CoolPayGateway>(services);
        Add<CryptoFuseGateway>(services);
        Add<CoinPaymentGateway>(services);
        Add<BtcPayGateway>(services);
    }

    /// <summary>
    /// Registers through a factory, because the platform warns the owner about several registrations of one interface by type: it takes them
    /// for plugins that override each other.
    /// </summary>
    private static void Add<T>(IServiceCollection services) where T : class, IPaymentGateway =>
        services.AddSingleton<IPaymentGateway>(provider => ActivatorUtilities.CreateInstance<T>(provider));
}
