using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

namespace CryptoGateways.Tests.Gateways.CoolPay;

/// <summary>
/// CoolPay with complete settings.
/// </summary>
public abstract class CoolPayFixture : GatewayFixture<CoolPayGateway>
{
    protected const string Key = "3f9d1c7a5b2e8064";
    protected const string PrivateKey = "b7e1d6c59a02f843";

    /// <summary>The documented id and order_id.</summary>
    protected const string Id = "99685196";

    protected static readonly Uri WebhookUrl = new("https://mystore.com/Plugins/CryptoGateways/Webhook/coolpay");

    /// <summary>The documented order: 1001, 10 DKK.</summary>
    protected static PaymentRequest Documented { get; } = new()
    {
        Reference = "1001",
        Coin = new CoinDescriptor(CoolPaySettings.Card, "Card", 0m) { IsMethod = true },
        Amount = new Money(10m, "dkk"),
        OrderId = 17,
        OrderNumber = "2026-17",
        StoreId = 1,
        Attempt = 1,
        CustomerId = 5,
        CustomerEmail = "shopper@example.com",
        Language = "da",
        WebhookUrl = WebhookUrl,
        SuccessUrl = new Uri("https://mystore.com/checkout/crypto/return/1001?order=17&result=success"),
        FailureUrl = new Uri("https://mystore.com/checkout/crypto/return/1001?order=17&result=failure")
    };

    protected static PaymentHandle Handle { get; } = new("1001", Id) { Quoted = new Money(10m, "DKK") };

    protected static string Authorization => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + Key));

    protected override Dictionary<string, string> Defaults => new()
    {
        [CoolPaySettings.ApiKeyField] = Key,
        [CoolPaySettings.PrivateKeyField] = PrivateKey,
        [CoolPaySettings.BaseUrlField] = Provider.Url.AbsoluteUri
    };
}
