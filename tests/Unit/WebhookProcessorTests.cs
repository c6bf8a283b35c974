using Moq;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Logging;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>Two stores with a key each; a webhook says which payment it is about and which key it was signed with.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WebhookProcessorTests
{
    private static readonly SettingField _key = new("Key", SettingKind.Secret) { VerifiesWebhooks = true };

    private static readonly GatewayDescriptor _descriptor = new()
    {
        SystemName = "sample", Name = "Sample", Coins = [], Fields = [_key, new("Url", SettingKind.Url)], RedirectHosts = [], BaseUrlField = "Url", CoinsField = "Coins"
    };

    private readonly SettingRows _rows = new();
    private readonly ManualTime _time = new();
    private readonly Rows<PaymentEvent> _events = new(row => row.EventKey);
    private readonly PreviousSecrets _previous;
    private readonly WebhookProcessor _inbox;

    public WebhookProcessorTests()
    {
        var payments = new Rows<CryptoPayment>();
        payments.Insert(new CryptoPayment { Gateway = "sample", Reference = "first", StoreId = 1 });
        payments.Insert(new CryptoPayment { Gateway = "sample", Reference = "second", StoreId = 2 });
        payments.Insert(new CryptoPayment { Gateway = "another", Reference = "third", StoreId = 1 });
        _previous = new PreviousSecrets(_rows.Store, _rows.Service, _rows.Secrets, _time);
        var stores = Mock.Of<IStoreService>(service => service.GetAllStoresAsync() == Task.FromResult<IList<Store>>(new List<Store> { new() { Id = 1 }, new() { Id = 2 } }));
        var record = new WebhookHealthRecorder(new RejectedWebhooks(_time), new AcceptedWebhooks(_time), new GatewayHealthStore(new Rows<GatewayHealth>().Repository), GatewayHealthMonitorTests.Alerts(new Rows<AdminAlert>(), _time), _time, Mock.Of<ILogger>());
        _inbox = new WebhookProcessor(new PaymentEventService(_events.Repository, _time), new AttemptStore(payments.Repository, null!, null!, null!, null!), _previous, stores, record);
    }

    [SetUp]
    public async Task EnterKeysAsync()
    {
        await _rows.Store.SaveAsync(_descriptor, _key, "key1", 1);
        await _rows.Store.SaveAsync(_descriptor, _key, "key2", 2);
    }

    [TestCase("first", "key1", WebhookOutcome.Stored)]
    [TestCase("second", "key2", WebhookOutcome.Stored)]
    [TestCase("first", "key2", WebhookOutcome.Rejected, Description = "another store's key")]
    [TestCase("first", "", WebhookOutcome.Rejected)]
    [TestCase("nobodys", "key2", WebhookOutcome.UnknownPayment, Description = "genuine, about a payment of another shop")]
    [TestCase("nobodys", "key3", WebhookOutcome.Rejected)]
    [TestCase("third", "key1", WebhookOutcome.UnknownPayment, Description = "another gateway's payment")]
    public async Task A_webhook_counts_with_the_key_of_the_store_whose_payment_it_names(string reference, string key, WebhookOutcome kind)
    {
        Assert.That((await ReceiveAsync(reference, key)).Kind, Is.EqualTo(kind));
        Assert.That(_events.All, Has.Count.EqualTo(kind == WebhookOutcome.Stored ? 1 : 0));
    }

    [Test]
    public async Task A_replaced_key_counts_until_its_date_and_for_its_own_store_only()
    {
        await _previous.KeepAsync(_descriptor, _key, 1, "new");
        await _rows.Store.SaveAsync(_descriptor, _key, "new", 1);

        Assert.That((await ReceiveAsync("first", "new")).Kind, Is.EqualTo(WebhookOutcome.Stored));
        Assert.That((await ReceiveAsync("first", "key1")).Kind, Is.EqualTo(WebhookOutcome.Duplicate), "the same event, signed with the key before");
        Assert.That((await ReceiveAsync("second", "key1")).Kind, Is.EqualTo(WebhookOutcome.Rejected));

        _time.Now += PreviousSecrets.Validity;
        Assert.That((await ReceiveAsync("first", "key1")).Kind, Is.EqualTo(WebhookOutcome.Rejected));
    }

    private Task<WebhookResult> ReceiveAsync(string reference, string key)
    {
        var gateway = new Mock<IWebhookGateway>();
        gateway.Setup(one => one.Descriptor).Returns(_descriptor);
        gateway.Setup(one => one.Read(It.IsAny<WebhookRequest>())).Returns(new WebhookMessage { EventName = "paid", Reference = reference, ScrubbedBody = "{}" });
        gateway.Setup(one => one.Verify(It.IsAny<WebhookRequest>(), It.IsAny<GatewaySettings>()))
            .Returns((WebhookRequest _, GatewaySettings settings) => key.Length > 0 && settings.Text(_key.Name) == key ? new VerifiedSignature() : null);
        return _inbox.ReceiveAsync(gateway.Object, new WebhookRequest([], _ => null));
    }
}
