using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// A provider that answers what a test tells it to, and a gateway that asks it.
/// </summary>
public abstract class CryptoFuseFixture
{
    protected const string ApiKey = "your_api_key_here";
    protected const string ClientSecret = "cf_secret_4fX9mQ2vL7bT0cN5";

    private ServiceProvider _services = null!;

    protected FakeProvider Provider { get; private set; } = null!;

    protected CryptoFuseGateway Gateway { get; private set; } = null!;

    protected Clock Time { get; private set; } = null!;

    /// <summary>The order of the documents' example.</summary>
    protected static PaymentRequest Documented { get; } = new()
    {
        Reference = "ORDER-12345",
        Coin = new CoinDescriptor("USDTTRC20", "Tether", 10m),
        Amount = new Money(100m, "USDTTRC20"),
        OrderId = 12345,
        OrderNumber = "12345",
        StoreId = 1,
        Attempt = 1,
        CustomerId = 7,
        CustomerEmail = "buyer@example.com",
        WebhookUrl = new Uri("https://your-site.com/payment/callback"),
        SuccessUrl = new Uri("https://your-site.com/return?result=success"),
        FailureUrl = new Uri("https://your-site.com/return?result=failure")
    };

    [SetUp]
    public async Task Start()
    {
        Provider = await FakeProvider.StartAsync();
        Time = new Clock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
        _services = services.BuildServiceProvider();
        Gateway = _services.GetRequiredService<GatewayRegistry>().All.OfType<CryptoFuseGateway>().Single();
    }

    [TearDown]
    public async Task Stop()
    {
        await _services.DisposeAsync();
        await Provider.DisposeAsync();
    }

    protected GatewaySettings WithApiKey(params (string Field, string Value)[] changes) => Settings(CryptoFuseSettings.ApiKeyContract, changes);

    protected GatewaySettings WithOAuth(params (string Field, string Value)[] changes) => Settings(CryptoFuseSettings.OAuthContract, changes);

    protected static async Task<GatewayException> FaultAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (GatewayException exception)
        {
            return exception;
        }
        throw new AssertionException("nothing was thrown");
    }

    private GatewaySettings Settings(string contract, (string Field, string Value)[] changes)
    {
        var values = new Dictionary<string, string>
        {
            [CryptoFuseSettings.ContractField] = contract,
            [CryptoFuseSettings.ApiKeyField] = ApiKey,
            [CryptoFuseSettings.ClientIdField] = "cf_client",
            [CryptoFuseSettings.ClientSecretField] = ClientSecret,
            [CryptoFuseSettings.BaseUrlField] = Provider.Url.AbsoluteUri
        };
        foreach (var (field, value) in changes)
            values[field] = value;
        return new GatewaySettings(Gateway.Descriptor, values);
    }

    /// <summary>A time that passes only when a test says so.</summary>
    protected sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
        private TimeSpan _passed;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed.Ticks;

        public void Pass(TimeSpan time)
        {
            _now += time;
            _passed += time;
        }

        /// <summary>Sets the wall clock; no time passes.</summary>
        public void Jump(TimeSpan by) => _now += by;
    }
}
