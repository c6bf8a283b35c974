using System.Net;
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
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Installation;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
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

        services.AddScoped<AdminAlerts>();
        services.AddScoped<AdminNotifications>();
        services.AddScoped<AmountConverter>();
        services.AddScoped<AttemptGateways>();
        services.AddScoped<AttemptReader>();
        services.AddScoped<AttemptWriter>();
        services.AddScoped<BatchLookup>();
        services.AddScoped<CartPaymentOptions>();
        services.AddScoped<CheckoutFlow>();
        services.AddScoped<PaymentOptionService>();
        services.AddScoped<CollapsedCards>();
        services.AddScoped<ConfigurationSaver>();
        services.AddScoped<ConnectionTester>();
        services.AddScoped<DuePayments>();
        services.AddScoped<EnabledGateways>();
        services.AddScoped<EnteredSettings>();
        services.AddScoped<PaymentFeeTax>();
        services.AddScoped<GatewayAlerts>();
        services.AddScoped<OperationCaller>();
        services.AddScoped<PaymentCreator>();
        services.AddScoped<AmountPlausibility>();
        services.AddScoped<PaymentFees>();
        services.AddScoped<GatewaySettingsStore>();
        services.AddScoped<GatewayHealthMonitor>();
        services.AddScoped<GatewayHealthStore>();
        services.AddScoped<EventRetention>();
        services.AddScoped<LastChoice>();
        services.AddScoped<PendingNotifications>();
        services.AddScoped<NotificationAccounts>();
        services.AddScoped<NotificationRecipients>();
        services.AddScoped<NotificationSender>();
        services.AddScoped<NotificationTemplates>();
        services.AddScoped<ManualSettlement>();
        services.AddScoped<OperationCompletion>();
        services.AddScoped<OrderLock>();
        services.AddScoped<OrderOperations>();
        services.AddScoped<OrderPayments>();
        services.AddScoped<PluginTexts>();
        services.AddScoped<AdminMessages>();
        services.AddScoped<OrderReader>();
        services.AddScoped<OrderReopening>();
        services.AddScoped<OrderSettlement>();
        services.AddScoped<CustomerOrders>();
        services.AddScoped<ThrottledLog>();
        services.AddScoped<PaymentLinks>();
        services.AddScoped<PayPageReader>();
        services.AddScoped<PayPageLinks>();
        services.AddScoped<PaymentFactsReader>();
        services.AddScoped<PaymentExport>();
        services.AddScoped<OrderNotes>();
        services.AddScoped<PaymentRequestFactory>();
        services.AddScoped<PaymentOperations>();
        services.AddScoped<PaymentReport>();
        services.AddScoped<PaymentSearch>();
        services.AddScoped<PaymentInitiator>();
        services.AddScoped<PaymentSummaryReader>();
        services.AddScoped<PaymentSynchronizer>();
        services.AddScoped<PaymentEventService>();
        services.AddScoped<Payouts>();
        services.AddScoped<PlatformEntries>();
        services.AddScoped<PluginInstaller>();
        services.AddScoped<PreviousSecrets>();
        services.AddScoped<CoinPriceService>();
        services.AddScoped<ProviderLookup>();
        services.AddScoped<CoinPriceUpdater>();
        services.AddScoped<ReconciliationService>();
        services.AddScoped<ReopeningCheck>();
        services.AddScoped<SecretDestinations>();
        services.AddScoped<SecretProtector>();
        services.AddScoped<SetupService>();
        services.AddScoped<ShopperNotifications>();
        services.AddScoped<DisplayedTotals>();
        services.AddScoped<SurplusRefunds>();
        services.AddScoped<LocaleResourceFiles>();
        services.AddScoped<StoreUrls>();
        services.AddScoped<DisplayedPrices>();
        services.AddScoped<TaskHealth>();
        services.AddScoped<LocaleResourceInstaller>();
        services.AddScoped<UninstallGuard>();
        services.AddScoped<Visitors>();
        services.AddScoped<WebhookProcessor>();
        services.AddScoped<WebhookHealthRecorder>();
        services.AddScoped<WebhookSelfTest>();

        services.AddScoped<AttemptActionsFactory>();
        services.AddScoped<ConfigurationOverviewFactory>();
        services.AddScoped<CheckoutModelFactory>();
        services.AddScoped<CoinPriceModelFactory>();
        services.AddScoped<ConfigurationModelFactory>();
        services.AddScoped<GatewayCardModelFactory>();
        services.AddScoped<PaymentOptionModelFactory>();
        services.AddScoped<AttemptModelFactory>();
        services.AddScoped<PayOwnerModelFactory>();
        services.AddScoped<PayPageModelFactory>();
        services.AddScoped<PaymentsModelFactory>();
        services.AddScoped<ReportModelFactory>();
        services.AddScoped<SetupModelFactory>();
    }

    public void Configure(IApplicationBuilder application)
    {
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
            // Some providers and proxies compress unasked.
            plain.AutomaticDecompression = DecompressionMethods.All;
        });
        // The platform's logging of every request line would put payment references into the log.
        builder.RemoveAllLoggers();
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
