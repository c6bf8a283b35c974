using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;

namespace CryptoGateways.Tests.Gateways.CoolPay;

/// <summary>
/// The gateway as the plugin registers it, and a provider that answers what a test says.
/// </summary>
public abstract class CoolPayFixture
{
    protected const string Key = "3f9d1c7a5b2e8064";
    protected const string PrivateKey = "b7e1d6c59a02f843";

    /// <summary>The documented id and order_id.</summary>
    protected const string Id = "99685196";

    protected static readonly Uri WebhookUrl = new("https://mystore.com/Plugins/CryptoGateways/Webhook/coolpay");

    private ServiceProvider _services = null!;

    protected FakeProvider Provider { get; private set; } = null!;

    protected CoolPayGateway Gateway { get; private set; } = null!;

    /// <summary>The order of the documents: 1001, 10 DKK.</summary>
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

    [SetUp]
    public async Task Start()
    {
        Provider = await FakeProvider.StartAsync();
        var services = new ServiceCollection();
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
        _services = services.BuildServiceProvider();
        Gateway = _services.GetRequiredService<GatewayRegistry>().All.OfType<CoolPayGateway>().Single();
    }

    [TearDown]
    public async Task Stop()
    {
        await _services.DisposeAsync();
        await Provider.DisposeAsync();
    }

    protected GatewaySettings Settings(params (string Field, string Value)[] changes)
    {
        var values = new Dictionary<string, string>
        {
            [CoolPaySettings.ApiKeyField] = Key,
            [CoolPaySettings.PrivateKeyField] = PrivateKey,
            [CoolPaySettings.BaseUrlField] = Provider.Url.AbsoluteUri
        };
        foreach (var (field, value) in changes)
            values[field] = value;
        return new GatewaySettings(Gateway.Descriptor, values);
    }

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
}
