using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>
/// CoinPayment with a clock fixed at an hour after the documented payment was created.
/// </summary>
public abstract class CoinPaymentFixture : GatewayFixture<CoinPaymentGateway>
{
    protected const string Token = "eyJhbGciOiJIUzI1NiJ9.e30.x";
    protected const string TxnId = "CPEI48A1P31Y1N2SKCXGXKQSTF";

    protected static readonly DateTime Now = new(2026, 11, 21, 11, 0, 0, DateTimeKind.Utc);

    protected override TimeProvider CreateClock() => new FakeTimeProvider(Now);

    protected static PaymentRequest Request(decimal price = 25m, string coin = "BTC") => new()
    {
        Reference = "k3v9x0q2m8r7t1z5w4y6",
        Coin = new CoinDescriptor(coin, coin, 0m),
        WebhookUrl = new Uri("https://mystore.com/Plugins/CryptoGateways/Webhook/coinpayment"),
        Amount = new Money(price, "USD"),
        OrderId = 17,
        OrderNumber = "2026-17",
        StoreId = 1,
        Attempt = 2,
        CustomerId = 5,
        SuccessUrl = new Uri("https://mystore.com/checkout/success"),
        FailureUrl = new Uri("https://mystore.com/checkout/failure")
    };

    protected override Dictionary<string, string> Defaults => new()
    {
        [CoinPaymentSettings.AccessTokenField] = Token,
        [CoinPaymentSettings.BaseUrlField] = Provider.Url.AbsoluteUri,
        [CoinPaymentSettings.PlansField] = "10 = GROUP, 1, 0\n25 = GROUP, 2, 3\n5.50 = MORE_LOGIN, -, 1",
        [CoinPaymentSettings.ControlsAccountField] = "true",
        [CoinPaymentSettings.PublicKeyField] = "d2b5a1f0c3e4",
        [CoinPaymentSettings.PrivateKeyField] = "private_Key09",
        [CoinPaymentSettings.MerchantIdField] = "606a89bb575311badf510a4a8b79a45e",
        [CoinPaymentSettings.IpnSecretField] = "ipn-Secret_09",
        [CoinPaymentSettings.MerchantUrlField] = new Uri(Provider.Url, "api.php").AbsoluteUri
    };
}
