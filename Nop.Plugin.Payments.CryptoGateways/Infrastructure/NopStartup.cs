using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;
using Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;
using Nop.Plugin.Payments.CryptoGateways.Services;

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
        services.AddSingleton<GatewayTraffic>();
        services.AddSingleton<RefusedWebhooks>();
        services.AddHttpClient(GatewayHttp.ClientName, client =>
            {
                client.Timeout = GatewayHttp.Timeout;
                client.MaxResponseContentBufferSize = GatewayHttp.LongestAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5)
            })
            // The platform's logging of every request line would put payment references into the log.
            .RemoveAllLoggers();

        services.AddScoped<AdminNotifier>();
        services.AddScoped<AmountConverter>();
        services.AddScoped<AttemptReader>();
        services.AddScoped<BackgroundUser>();
        services.AddScoped<BatchLookup>();
        services.AddScoped<CartOffers>();
        services.AddScoped<CheckoutFlow>();
        services.AddScoped<CheckoutOffers>();
        services.AddScoped<ConfigurationSaver>();
        services.AddScoped<DuePayments>();
        services.AddScoped<GatewayCaller>();
        services.AddScoped<GatewayFees>();
        services.AddScoped<GatewaySettingsStore>();
        services.AddScoped<InboxRetention>();
        services.AddScoped<MailAccounts>();
        services.AddScoped<MailSender>();
        services.AddScoped<MailTemplates>();
        services.AddScoped<OrderLeases>();
        services.AddScoped<OrderSettlement>();
        services.AddScoped<OwnOrders>();
        services.AddScoped<PaidClaims>();
        services.AddScoped<PayPageReader>();
        services.AddScoped<PayPages>();
        services.AddScoped<PaymentFactsReader>();
        services.AddScoped<PaymentNotes>();
        services.AddScoped<PaymentRequestFactory>();
        services.AddScoped<PaymentOperations>();
        services.AddScoped<PaymentStarter>();
        services.AddScoped<PaymentSynchronizer>();
        services.AddScoped<PaymentTimeline>();
        services.AddScoped<Payouts>();
        services.AddScoped<PluginInstaller>();
        services.AddScoped<PriceTable>();
        services.AddScoped<ProviderLookup>();
        services.AddScoped<RateFeed>();
        services.AddScoped<Reconciler>();
        services.AddScoped<SecretProtector>();
        services.AddScoped<ShopperTotals>();
        services.AddScoped<TextFiles>();
        services.AddScoped<TextInstaller>();
        services.AddScoped<WebhookInbox>();

        services.AddScoped<CheckoutModelFactory>();
        services.AddScoped<CoinPriceModelFactory>();
        services.AddScoped<ConfigurationModelFactory>();
        services.AddScoped<GatewayCardModelFactory>();
        services.AddScoped<OrderPaymentsModelFactory>();
        services.AddScoped<PayPageModelFactory>();
    }

    public void Configure(IApplicationBuilder application)
    {
    }

    /// <summary>One line a gateway.</summary>
    private static void AddGateways(IServiceCollection services)
    {
        Add<CoinskroGateway>(services);
        Add<CoinPay24Gateway>(services);
        Add<CoolPayGateway>(services);
        Add<CryptoFuseGateway>(services);
        Add<CoinPaymentGateway>(services);
    }

    /// <summary>
    /// By a factory: the platform takes several registrations of a type by name for plugins that override each other, and warns the owner.
    /// </summary>
    private static void Add<T>(IServiceCollection services) where T : class, IPaymentGateway =>
        services.AddSingleton<IPaymentGateway>(provider => ActivatorUtilities.CreateInstance<T>(provider));
}
