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
using Nop.Plugin.Payments.CryptoGateways.Services;
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
        services.AddSingleton<GatewayTraffic>();
        services.AddSingleton<LogPace>();
        services.AddSingleton<PollPace>();
        services.AddSingleton<RefusedWebhooks>();
        services.AddSingleton<ReturnPace>();
        services.AddSingleton<AcceptedWebhooks>();
        AddHttpClient(services);

        services.AddScoped<AdminAlerts>();
        services.AddScoped<AdminNotifier>();
        services.AddScoped<AmountConverter>();
        services.AddScoped<AttemptGateways>();
        services.AddScoped<AttemptReader>();
        services.AddScoped<AttemptWriter>();
        services.AddScoped<BatchLookup>();
        services.AddScoped<CartOffers>();
        services.AddScoped<CheckoutFlow>();
        services.AddScoped<CheckoutOffers>();
        services.AddScoped<CollapsedCards>();
        services.AddScoped<ConfigurationSaver>();
        services.AddScoped<ConnectionTester>();
        services.AddScoped<DuePayments>();
        services.AddScoped<EnabledGateways>();
        services.AddScoped<EnteredSettings>();
        services.AddScoped<FeeTax>();
        services.AddScoped<GatewayAlerts>();
        services.AddScoped<GatewayCaller>();
        services.AddScoped<PaymentCreator>();
        services.AddScoped<PlausibleAmounts>();
        services.AddScoped<GatewayFees>();
        services.AddScoped<GatewaySettingsStore>();
        services.AddScoped<GatewayWatch>();
        services.AddScoped<HealthBook>();
        services.AddScoped<InboxRetention>();
        services.AddScoped<LastChoice>();
        services.AddScoped<LeftMails>();
        services.AddScoped<MailAccounts>();
        services.AddScoped<MailOutbox>();
        services.AddScoped<MailRecipients>();
        services.AddScoped<MailSender>();
        services.AddScoped<MailTemplates>();
        services.AddScoped<ManualSettlement>();
        services.AddScoped<OpenWebhooks>();
        services.AddScoped<OperationCompletion>();
        services.AddScoped<OrderLeases>();
        services.AddScoped<OrderPayments>();
        services.AddScoped<OrderReader>();
        services.AddScoped<OrderRevival>();
        services.AddScoped<OrderSettlement>();
        services.AddScoped<OwnOrders>();
        services.AddScoped<PaidClaims>();
        services.AddScoped<PacedLog>();
        services.AddScoped<PayLinks>();
        services.AddScoped<PayPageReader>();
        services.AddScoped<PayPages>();
        services.AddScoped<PaymentFactsReader>();
        services.AddScoped<PaymentExport>();
        services.AddScoped<PaymentNotes>();
        services.AddScoped<PaymentRequestFactory>();
        services.AddScoped<PaymentOperations>();
        services.AddScoped<PaymentReport>();
        services.AddScoped<PaymentSearch>();
        services.AddScoped<PaymentStarter>();
        services.AddScoped<PaymentSummaries>();
        services.AddScoped<PaymentSynchronizer>();
        services.AddScoped<PaymentTimeline>();
        services.AddScoped<Payouts>();
        services.AddScoped<PlatformEntries>();
        services.AddScoped<PluginInstaller>();
        services.AddScoped<PreviousSecrets>();
        services.AddScoped<PriceTable>();
        services.AddScoped<ProviderLookup>();
        services.AddScoped<RateFeed>();
        services.AddScoped<Reconciler>();
        services.AddScoped<RevivalCheck>();
        services.AddScoped<SecretDestinations>();
        services.AddScoped<SecretProtector>();
        services.AddScoped<SetupSwitch>();
        services.AddScoped<ShopperMails>();
        services.AddScoped<ShopperTotals>();
        services.AddScoped<SurplusRefunds>();
        services.AddScoped<TextFiles>();
        services.AddScoped<StoreAddresses>();
        services.AddScoped<StorePrices>();
        services.AddScoped<TaskHealth>();
        services.AddScoped<TextInstaller>();
        services.AddScoped<UninstallGuard>();
        services.AddScoped<Visitors>();
        services.AddScoped<WebhookInbox>();
        services.AddScoped<WebhookRecord>();
        services.AddScoped<WebhookSelfTest>();

        services.AddScoped<AttemptActionsFactory>();
        services.AddScoped<AdminOverviewModelFactory>();
        services.AddScoped<AlertsModelFactory>();
        services.AddScoped<CheckoutModelFactory>();
        services.AddScoped<CoinPriceModelFactory>();
        services.AddScoped<ConfigurationModelFactory>();
        services.AddScoped<FieldModelFactory>();
        services.AddScoped<GatewayCardModelFactory>();
        services.AddScoped<OfferModelFactory>();
        services.AddScoped<OrderPaymentsModelFactory>();
        services.AddScoped<PayOwnerModelFactory>();
        services.AddScoped<PayPageModelFactory>();
        services.AddScoped<PaymentListModelFactory>();
        services.AddScoped<ReportModelFactory>();
        services.AddScoped<SetupModelFactory>();
        services.AddScoped<TryModelFactory>();
        services.AddScoped<WebhookHealthModelFactory>();
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
            client.MaxResponseContentBufferSize = GatewayHttp.LongestAnswer;
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
