using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Security;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What is stored of webhooks, in tables as strict as the strictest database.
/// </summary>
public sealed class WebhookRowsTests
{
    private readonly Speaker _gateway = new();

    private Rows<CryptoPayment> _payments = null!;
    private Rows<PaymentEvent> _events = null!;
    private WebhookInbox _inbox = null!;

    [SetUp]
    public void OpenInbox()
    {
        var (time, log) = (new ManualTime(), Mock.Of<ILogger>());
        (_payments, _events) = (new Rows<CryptoPayment>(), new Rows<PaymentEvent>(row => row.EventKey));
        _payments.Insert(new CryptoPayment
        {
            StoreId = 1, Gateway = "talkative", Reference = "ref", ExternalId = ExternalText.Key(new string('i', 200), 128), PriceCurrency = "EUR", Coin = "USDT", PayCurrency = "USDT"
        });
        var record = new WebhookRecord(new RefusedWebhooks(time), new AcceptedWebhooks(time), new HealthBook(new Rows<GatewayHealth>().Repository),
            GatewayWatchTests.Alerts(new Rows<AdminAlert>(), time), time, log);
        var settings = Mock.Of<ISettingService>(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>()) == Task.FromResult(new CryptoGatewaysSettings()));
        var secrets = new SecretProtector(Mock.Of<IEncryptionService>());
        _inbox = new WebhookInbox(_events.Repository, new AttemptReader(_payments.Repository), new PreviousSecrets(new GatewaySettingsStore(settings, secrets), settings, secrets, time),
            Mock.Of<IStoreService>(service => service.GetAllStoresAsync() == Task.FromResult<IList<Nop.Core.Domain.Stores.Store>>(new List<Nop.Core.Domain.Stores.Store> { new() })), record, time);
    }

    [TestCase(64)]
    [TestCase(65)]
    [TestCase(5000)]
    public async Task An_authentic_webhook_with_an_event_name_of_any_length_is_stored(int length)
    {
        Assert.That((await ReceiveAsync(name: new string('e', length))).Kind, Is.EqualTo(ReceiptKind.Stored));

        Assert.That(_events.Single.Name, Is.EqualTo(new string('e', 64)));
    }

    [Test]
    public async Task Two_events_whose_names_begin_alike_are_two()
    {
        var name = new string('e', 64);
        await ReceiveAsync(name: name + "1");
        await ReceiveAsync(name: name + "2");
        Assert.That((await ReceiveAsync(name: name + "2")).Kind, Is.EqualTo(ReceiptKind.Duplicate));

        Assert.That(_events.All, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_payment_is_found_by_an_id_that_is_stored_as_its_hash()
    {
        Assert.That((await ReceiveAsync(reference: null, id: new string('i', 200))).Kind, Is.EqualTo(ReceiptKind.Stored));
        Assert.That(_events.Single.StatedExternalId, Is.EqualTo(_payments.Single.ExternalId));
    }

    /// <summary>Asked for with them, PostgreSQL answers with an error: strangers would fill the log.</summary>
    [TestCase("\0")]
    [TestCase("a\0b")]
    [TestCase("a b")]
    [TestCase("")]
    [TestCase("rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr")]
    public async Task A_reference_that_cannot_be_ours_is_not_looked_for(string reference)
    {
        _gateway.IsGenuine = false;
        Assert.That((await ReceiveAsync(reference: reference)).Kind, Is.EqualTo(ReceiptKind.Refused));

        _gateway.IsGenuine = true;
        Assert.That((await ReceiveAsync(reference: reference)).Kind, Is.EqualTo(ReceiptKind.UnknownPayment));
        Assert.That(_events.All, Is.Empty);
    }

    private Task<Receipt> ReceiveAsync(string name = "paid", string? reference = "ref", string? id = null)
    {
        _gateway.Message = new WebhookMessage { EventName = name, Reference = reference, ExternalId = id, ScrubbedBody = "{}" };
        return _inbox.ReceiveAsync(_gateway, new WebhookRequest([], _ => null));
    }

    /// <summary>A provider whose webhooks say what a test makes them say.</summary>
    private sealed class Speaker : TalkativeGateway, IWebhookGateway
    {
        public WebhookMessage Message { get; set; } = null!;

        public bool IsGenuine { get; set; } = true;

        public WebhookMessage Read(WebhookRequest request) => Message;

        public bool IsAuthentic(WebhookRequest request, GatewaySettings settings) => IsGenuine;
    }
}
