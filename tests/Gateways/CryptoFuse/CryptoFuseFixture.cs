using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// CryptoFuse with complete settings for both APIs.
/// </summary>
public abstract class CryptoFuseFixture : GatewayFixture<CryptoFuseGateway>
{
    protected const string ApiKey = "your_api_key_here";
    protected const string ClientSecret = "cf_secret_4fX9mQ2vL7bT0cN5";

    protected Clock Time { get; private set; } = null!;

    /// <summary>The order of the documented example.</summary>
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

    protected override TimeProvider CreateClock() => Time = new Clock();

    protected GatewaySettings WithApiKey(params (string Field, string Value)[] changes) => Settings([(CryptoFuseSettings.ContractField, CryptoFuseSettings.ApiKeyVersion), .. changes]);

    protected GatewaySettings WithOAuth(params (string Field, string Value)[] changes) => Settings([(CryptoFuseSettings.ContractField, CryptoFuseSettings.OAuthVersion), .. changes]);

    protected override Dictionary<string, string> Defaults => new()
    {
        [CryptoFuseSettings.ApiKeyField] = ApiKey,
        [CryptoFuseSettings.ClientIdField] = "cf_client",
        [CryptoFuseSettings.ClientSecretField] = ClientSecret,
        [CryptoFuseSettings.BaseUrlField] = Provider.Url.AbsoluteUri
    };

    /// <summary>A clock that only tests advance. FakeTimeProvider does not fit: when its clock is set, its timestamps move too.</summary>
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
