using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Security;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What is stored of webhooks, in tables as strict as the strictest database.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WebhookRowsTests
{
    private readonly Speaker _gateway = new();

    private Rows<CryptoPayment> _payments = null!;
    private Rows<PaymentEvent> _events = null!;
    private WebhookProcessor _inbox = null!;

    [SetUp]
    public void OpenInbox()
    {
        var (time, log) = (new ManualTime(), Mock.Of<ILogger>());
        (_payments, _events) = (new Rows<CryptoPayment>(), new Rows<PaymentEvent>(row => row.EventKey));
        _payments.Insert(new CryptoPayment
        {
            StoreId = 1, Gateway = "talkative", Reference = "ref", ExternalId = ExternalText.ToKey(new string('i', 200), 128), PriceCurrency = "EUR", Coin = "USDT", PayCurrency = "USDT"
        });
        var record = new WebhookHealthRecorder(new RejectedWebhooks(time), new AcceptedWebhooks(time), new GatewayHealthStore(new Rows<GatewayHealth>().Repository),
            GatewayHealthMonitorTests.Alerts(new Rows<AdminAlert>(), time), time, log);
        var settings = Mock.Of<ISettingService>(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>()) == Task.FromResult(new CryptoGatewaysSettings()));
        var secrets = new SecretProtector(Mock.Of<IEncryptionService>());
        _inbox = new WebhookProcessor(new PaymentEventService(_events.Repository, time), new AttemptStore(_payments.Repository, null!, null!, null!, null!), new PreviousSecrets(new GatewaySettingsStore(settings, secrets), settings, secrets, time),
            Mock.Of<IStoreService>(service => service.GetAllStoresAsync() == Task.FromResult<IList<Nop.Core.Domain.Stores.Store>>(new List<Nop.Core.Domain.Stores.Store> { new() })), record);
    }

    [TestCase(64)]
    [TestCase(65)]
    [TestCase(5000)]
    public async Task An_authentic_webhook_with_an_event_name_of_any_length_is_stored(int length)
    {
        Assert.That((await ReceiveAsync(name: new string('e', length))).Kind, Is.EqualTo(WebhookOutcome.Stored));

        Assert.That(_events.Single.Name, Is.EqualTo(new string('e', 64)));
    }

    [Test]
    public async Task Two_events_whose_names_begin_alike_are_two()
    {
        var name = new string('e', 64);
        await ReceiveAsync(name: name + "1");
        await ReceiveAsync(name: name + "2");
        Assert.That((await ReceiveAsync(name: name + "2")).Kind, Is.EqualTo(WebhookOutcome.Duplicate));

        Assert.That(_events.All, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_payment_is_found_by_an_id_that_is_stored_as_its_hash()
    {
        Assert.That((await ReceiveAsync(reference: null, id: new string('i', 200))).Kind, Is.EqualTo(WebhookOutcome.Stored));
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
        Assert.That((await ReceiveAsync(reference: reference)).Kind, Is.EqualTo(WebhookOutcome.Rejected));

        _gateway.IsGenuine = true;
        Assert.That((await ReceiveAsync(reference: reference)).Kind, Is.EqualTo(WebhookOutcome.UnknownPayment));
        Assert.That(_events.All, Is.Empty);
    }

    /// <summary>A gateway from outside the plugin may leave out what it promised.</summary>
    [Test]
    public async Task A_message_without_a_name_or_a_currency_is_refused_and_no_fault()
    {
        Assert.That((await ReceiveAsync(name: null!)).Kind, Is.EqualTo(WebhookOutcome.Rejected));
        Assert.That(_events.All, Is.Empty);
    }

    [Test]
    public async Task Of_unsigned_webhooks_a_bounded_number_is_stored_and_all_are_accepted()
    {
        _gateway.Covers = false;
        var receipts = new List<WebhookOutcome>();
        for (var number = 0; number < 300; number++)
            receipts.Add((await ReceiveAsync($"waiting {number}", status: ProviderStatus.Waiting)).Kind);

        Assert.That(_events.All, Has.Count.EqualTo(WebhookProcessor.MaxUnsigned));
        Assert.That(receipts.CountBy(kind => kind), Is.EquivalentTo(new Dictionary<WebhookOutcome, int> { [WebhookOutcome.Stored] = WebhookProcessor.MaxUnsigned, [WebhookOutcome.TooMany] = 250 }));

        foreach (var status in Enum.GetValues<ProviderStatus>())
        {
            for (var number = 0; number < 3; number++)
                await ReceiveAsync($"{status} {number}", status: status);
        }
        Assert.That(_events.All, Has.Count.EqualTo(WebhookProcessor.MaxUnsigned + Enum.GetValues<ProviderStatus>().Length - 1), "one more for each status that nobody has stated");
        Assert.That(_events.All.Count(row => row.StatedStatusId == (int)ProviderStatus.Completed), Is.EqualTo(1));
    }

    [Test]
    public async Task Signed_webhooks_are_all_stored()
    {
        for (var number = 0; number < WebhookProcessor.MaxUnsigned + 10; number++)
            await ReceiveAsync($"waiting {number}", status: ProviderStatus.Waiting);

        Assert.That(_events.All, Has.Count.EqualTo(WebhookProcessor.MaxUnsigned + 10));
    }

    [Test]
    public async Task Bodies_are_read_neither_to_store_a_webhook_nor_to_check_a_payment()
    {
        var shop = new Shop();
        for (var number = 0; number < 200; number++)
        {
            shop.Events.Insert(new PaymentEvent
            {
                EventKey = $"e{number}", PaymentId = 1, Kind = PaymentEventKind.Webhook, Name = "waiting", Body = new string('b', 60_000), StatedStatusId = (int)ProviderStatus.Waiting,
                ProcessedOnUtc = number < 199 ? shop.Time.Now : null
            });
        }

        for (var look = 0; look < 3; look++)
            await shop.SynchronizeAsync();
        Assert.That(shop.Events.Whole.Count(row => row.Body is not null), Is.EqualTo(1), "the new one, when it is ticked off");
        Assert.That(shop.Events.All.Where(row => row.ProcessedOnUtc is null || row.Body!.Length < 60_000), Is.Empty);

        for (var number = 0; number < 3; number++)
            await ReceiveAsync($"waiting {number % 2}");
        Assert.That(_events.Whole, Is.Empty);
    }

    private Task<WebhookResult> ReceiveAsync(string name = "paid", string? reference = "ref", string? id = null, ProviderStatus? status = null)
    {
        _gateway.Message = new WebhookMessage { EventName = name, Reference = reference, ExternalId = id, Status = status, ScrubbedBody = "{}" };
        return _inbox.ReceiveAsync(_gateway, new WebhookRequest([], _ => null));
    }

    /// <summary>A provider whose webhooks say what a test makes them say.</summary>
    private sealed class Speaker : TalkativeGateway, IWebhookGateway
    {
        public WebhookMessage Message { get; set; } = null!;

        public bool IsGenuine { get; set; } = true;

        public bool Covers { get; set; } = true;

        public WebhookMessage Read(WebhookRequest request) => Message;

        public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) => IsGenuine ? new VerifiedSignature { CoversBody = Covers } : null;
    }
}
