using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Orders;
using Nop.Services.Security;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Whatever a gateway throws, each caller of it sees a failed call of this one payment, coin or webhook.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GatewayBoundaryTests
{
    private const string Secret = "sk_live_9hQ2f7Lx0mVb3Rt6Yw1Z";

    private static readonly Type[] _exceptions =
    [
        typeof(NullReferenceException), typeof(InvalidCastException), typeof(FormatException), typeof(OverflowException), typeof(DivideByZeroException),
        typeof(IndexOutOfRangeException), typeof(KeyNotFoundException), typeof(ArgumentException), typeof(InvalidOperationException), typeof(NotSupportedException),
        typeof(UriFormatException), typeof(Newtonsoft.Json.JsonReaderException), typeof(HttpRequestException), typeof(IOException), typeof(AggregateException),
        typeof(OperationCanceledException), typeof(TaskCanceledException)
    ];

    private readonly CryptoPayment _payment = new() { Gateway = "talkative", Reference = "ref", OrderId = 7, StoreId = 1, Coin = "USDT", PayAmount = 100m, PayCurrency = "USDT" };
    private readonly ThrowingGateway _gateway = new();
    private readonly List<string> _log = [];
    private readonly Mock<ILogger> _logger = new();
    private readonly GatewayRegistry _registry;
    private readonly Mock<ISettingService> _settings = new();
    private readonly GatewaySettingsStore _store;

    public GatewayBoundaryTests()
    {
        _logger.Setup(log => log.WarningAsync(It.IsAny<string>(), It.IsAny<Exception>(), null)).Callback((string line, Exception? exception, object? _) => _log.Add(line + exception)).Returns(Task.CompletedTask);
        _logger.Setup(log => log.ErrorAsync(It.IsAny<string>(), It.IsAny<Exception>(), null)).Callback((string line, Exception? exception, object? _) => _log.Add(line + exception)).Returns(Task.CompletedTask);
        _settings.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>())).ReturnsAsync(new CryptoGatewaysSettings());
        _settings.Setup(service => service.GetSettingByKeyAsync<string?>("cryptogateways.talkative.enabled", null, It.IsAny<int>(), true)).ReturnsAsync(GatewaySettings.FlagOn);
        _registry = new GatewayRegistry([_gateway]);
        _store = new GatewaySettingsStore(_settings.Object, new SecretProtector(Mock.Of<IEncryptionService>()));
    }

    [Test]
    public async Task A_create_call_that_throws_may_have_made_a_payment([ValueSource(nameof(_exceptions))] Type exception, [Values] bool atOnce) =>
        CheckAmbiguous(Throw(exception, atOnce), (await Creator().CreateAsync(_payment, new Order { Id = 7, StoreId = 1 }, CancellationToken.None)).Error!);

    [Test]
    public async Task An_operation_that_throws_may_have_been_done([ValueSource(nameof(_exceptions))] Type exception, [Values] bool atOnce, [Values("capture", "void", "refund")] string name)
    {
        OperationCall operate = name switch
        {
            "capture" => (request, settings) => _gateway.CaptureAsync(request, settings, CancellationToken.None),
            "void" => (request, settings) => _gateway.VoidAsync(request, settings, CancellationToken.None),
            _ => (request, settings) => _gateway.RefundAsync(request, settings, CancellationToken.None)
        };

        CheckAmbiguous(Throw(exception, atOnce), (await Caller().OperateAsync(_payment, name, new Money(1m, "USDT"), operate)).Error!);
    }

    [Test]
    public async Task A_payout_that_throws_may_have_been_sent([ValueSource(nameof(_exceptions))] Type exception, [Values] bool atOnce) =>
        CheckAmbiguous(Throw(exception, atOnce), (await Caller().PayOutAsync(_payment, "someone", new Money(1m, "USDT"))).Error!);

    [Test]
    public async Task A_lookup_that_throws_has_failed([ValueSource(nameof(_exceptions))] Type exception, [Values] bool atOnce)
    {
        Throw(exception, atOnce);

        Assert.That((await new ProviderLookup(_registry, _store, new ProviderRateLimiter(TimeProvider.System), Amounts, Log, TimeProvider.System).LookUpAsync(_payment, SynchronizationSource.Task, CancellationToken.None)).Lookup, Is.EqualTo(Lookup.Failed));
        CheckLog();
    }

    /// <summary>A gateway from outside the plugin may leave out what it promised.</summary>
    [Test]
    public async Task A_gateway_that_answers_without_a_status_or_a_currency_has_failed()
    {
        var incomplete = new[] { Facts.Answer(ProviderStatus.Completed) with { StatusText = null! }, Facts.Answer(ProviderStatus.Completed) with { Amount = default } };
        foreach (var answer in incomplete)
        {
            var gateway = new TalkativeGateway { Answer = () => answer };
            var lookup = new ProviderLookup(new GatewayRegistry([gateway]), _store, new ProviderRateLimiter(TimeProvider.System), Amounts, Log, TimeProvider.System);

            Assert.That((await lookup.LookUpAsync(_payment, SynchronizationSource.Task, CancellationToken.None)).Lookup, Is.EqualTo(Lookup.Failed));
        }
    }

    [Test]
    public async Task A_batch_that_throws_leaves_its_payments_to_be_asked_for_one_by_one([ValueSource(nameof(_exceptions))] Type exception, [Values] bool atOnce)
    {
        Throw(exception, atOnce);
        var payments = new Rows<CryptoPayment>();
        payments.Insert(new CryptoPayment { StoreId = 1, Reference = "ref1" });
        payments.Insert(new CryptoPayment { StoreId = 1, Reference = "ref2" });
        var due = new List<DuePayment>();
        await foreach (var payment in new BatchLookup(payments.Repository, _store, _logger.Object).LookUpAsync(_gateway, IdsAsync(), CancellationToken.None))
            due.Add(payment);

        Assert.That(due, Is.EqualTo(new[] { new DuePayment(1, null), new DuePayment(2, null) }));
        CheckLog();
    }

    [Test]
    public async Task A_connection_test_that_throws_did_not_work([ValueSource(nameof(_exceptions))] Type exception, [Values] bool atOnce)
    {
        Throw(exception, atOnce);
        var http = new GatewayHttp(Mock.Of<IHttpClientFactory>(), Registered.Telemetry, new ProviderRateLimiter(TimeProvider.System), TimeProvider.System);
        var result = await new ConnectionTester(new EnteredSettings(_store), new SecretDestinations(_store, Mock.Of<IStoreService>(service => service.GetAllStoresAsync() == Task.FromResult<IList<Store>>(new List<Store>()))), http, Registered.Texts()).TestAsync(_gateway, new GatewayModel { SystemName = "talkative", Fields = [] }, storeId: 0);

        Assert.That(result.IsFine, Is.False);
        Assert.That(result.Detail, Is.Not.Null.And.Not.Contain(Secret));
    }

    [Test]
    public async Task A_webhook_that_cannot_be_read_is_refused([ValueSource(nameof(_exceptions))] Type exception, [Values] ReadingStep step)
    {
        _gateway.FailsAt = step;
        Throw(exception, atOnce: true);
        var (time, payments, events) = (new ManualTime(), new Rows<CryptoPayment>(), new Rows<PaymentEvent>());
        payments.Insert(_payment);
        var record = new WebhookHealthRecorder(new RejectedWebhooks(time), new AcceptedWebhooks(time), new GatewayHealthStore(new Rows<GatewayHealth>().Repository), GatewayHealthMonitorTests.Alerts(new Rows<AdminAlert>(), time), time, _logger.Object);
        var inbox = new WebhookProcessor(new PaymentEventService(events.Repository, time), new AttemptStore(payments.Repository, null!, null!, null!, null!), new PreviousSecrets(_store, _settings.Object, new SecretProtector(Mock.Of<IEncryptionService>()), time), Mock.Of<IStoreService>(), record);

        var receipt = await inbox.ReceiveAsync(_gateway, new WebhookRequest([], _ => null));

        Assert.That(receipt.Kind, Is.EqualTo(WebhookOutcome.Rejected));
        Assert.That(_log.Where(line => line.Contains(Secret)), Is.Empty);
    }

    private static async IAsyncEnumerable<int> IdsAsync()
    {
        yield return 1;
        yield return 2;
        await Task.CompletedTask;
    }

    private Exception Throw(Type exception, bool atOnce)
    {
        var thrown = (Exception)Activator.CreateInstance(exception, Secret)!;
        _gateway.Fail = () => atOnce ? throw thrown : Task.FromException(thrown);
        return thrown;
    }

    private void CheckAmbiguous(Exception thrown, GatewayException error)
    {
        Assert.That((error.Fault, error.CreatedNothing), Is.EqualTo((thrown is OperationCanceledException ? GatewayFault.Timeout : GatewayFault.BadAnswer, false)));
        Assert.That(error.InnerException, Is.SameAs(thrown));
        CheckLog();
    }

    private void CheckLog() => Assert.That(_log, Has.Count.EqualTo(1).And.None.Contains(Secret));

    private ThrottledLog Log => new(new LogThrottle(TimeProvider.System), _logger.Object);

    private AmountPlausibility Amounts => new(new Market().Converter, _settings.Object);

    private OperationCaller Caller() => new(_registry, _store, Requests(), Amounts, _logger.Object);

    private PaymentCreator Creator() => new(_registry, _store, Requests(), Amounts, Registered.Telemetry, Log);

    private PaymentRequestFactory Requests()
    {
        var stores = new Mock<IStoreService>();
        stores.Setup(service => service.GetStoreByIdAsync(It.IsAny<int>())).ReturnsAsync(new Store { Url = "https://shop.example/" });
        var orders = new Mock<IOrderService>();
        orders.Setup(service => service.GetOrderItemsAsync(It.IsAny<int>(), It.IsAny<bool?>(), It.IsAny<bool?>(), It.IsAny<int>())).ReturnsAsync([]);
        return new PaymentRequestFactory(orders.Object, Mock.Of<IAddressService>(), Mock.Of<ILanguageService>(), Mock.Of<ILocalizationService>(), new StoreCurrency().Prices,
            new StoreUrls(Mock.Of<IStoreContext>(), stores.Object, new PayPageLinks(null!, _settings.Object, new SecretProtector(Mock.Of<IEncryptionService>()), null!), Mock.Of<IHttpContextAccessor>()));
    }

    public enum ReadingStep
    {
        Message,
        Signature
    }

    /// <summary>A gateway that can do everything, and fails at all of it.</summary>
    private sealed class ThrowingGateway : TalkativeGateway, IBatchStatusGateway, ICaptureGateway, IVoidGateway, IRefundGateway, IPayoutGateway, IRatesGateway, IConnectionTest, IWebhookGateway, IPaymentGateway, IStatusGateway
    {
        public Func<Task> Fail { get; set; } = () => Task.CompletedTask;

        public ReadingStep FailsAt { get; set; }

        GatewayDescriptor IPaymentGateway.Descriptor { get; } = new TalkativeGateway().Descriptor with
        {
            Coins = [new CoinDescriptor("BTC", "Bitcoin", 1m, Decimals: 8), new CoinDescriptor("USDT", "Tether", 5m, "USD")],
            Fields = [new SettingField("BaseUrl", SettingKind.Url) { Default = "https://pay.example" }, new SettingField("Coins", SettingKind.Choices) { Default = "BTC", Options = ["BTC"] }],
            CoinsField = "Coins"
        };

        PriceBasis IPaymentGateway.BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.Coin;

        Task<CreatedPayment> IPaymentGateway.CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken) => FailAsync<CreatedPayment>();

        Task<ProviderPayment?> IStatusGateway.FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken) => FailAsync<ProviderPayment?>();

        public Task<IReadOnlyDictionary<string, ProviderPayment>> FindManyAsync(IReadOnlyList<PaymentHandle> payments, GatewaySettings settings, CancellationToken cancellationToken) =>
            FailAsync<IReadOnlyDictionary<string, ProviderPayment>>();

        public Task<OperationResult> CaptureAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) => FailAsync<OperationResult>();

        public Task<OperationResult> VoidAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) => FailAsync<OperationResult>();

        public Task<OperationResult> RefundAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) => FailAsync<OperationResult>();

        public string? PayoutCurrencyOf(string coin) => coin;

        public Task PayOutAsync(string recipient, Money amount, GatewaySettings settings, CancellationToken cancellationToken) => Fail();

        public Task<decimal?> PriceAsync(CoinDescriptor coin, GatewaySettings settings, CancellationToken cancellationToken) => FailAsync<decimal?>();

        public Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken) => Fail();

        public WebhookMessage Read(WebhookRequest request) =>
            At(ReadingStep.Message, new WebhookMessage { EventName = "paid", Reference = "ref", ScrubbedBody = "{}" });

        public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) => At(ReadingStep.Signature, new VerifiedSignature("v1"));

        private T At<T>(ReadingStep step, T value)
        {
            if (FailsAt == step)
                Fail();
            return value;
        }

        private static async Task<T> FailLaterAsync<T>(Task failed)
        {
            await failed;
            return default!;
        }

        /// <summary>Throws at once, or when it is awaited.</summary>
        private Task<T> FailAsync<T>() => FailLaterAsync<T>(Fail());
    }
}
