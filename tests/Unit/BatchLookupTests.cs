using Moq;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BatchLookupTests
{
    private readonly Mock<IBatchStatusGateway> _gateway = new();
    private readonly Mock<ILogger> _log = new();
    private readonly Rows<CryptoPayment> _payments = new();
    private readonly List<int> _batches = [];

    private Func<PaymentHandle, bool> _isTold = _ => true;

    [SetUp]
    public void Start()
    {
        _gateway.Setup(gateway => gateway.Descriptor).Returns(new TalkativeGateway().Descriptor);
        _gateway.Setup(gateway => gateway.CanQuery(It.IsAny<GatewaySettings>())).Returns(true);
        _gateway.Setup(gateway => gateway.FindManyAsync(It.IsAny<IReadOnlyList<PaymentHandle>>(), It.IsAny<GatewaySettings>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((IReadOnlyList<PaymentHandle> payments, GatewaySettings _, CancellationToken _) =>
            {
                _batches.Add(payments.Count);
                return payments.Where(_isTold).ToDictionary(payment => payment.Reference, payment => Facts.Answer(ProviderStatus.Waiting) with { Reference = payment.Reference });
            });
    }

    [Test]
    public async Task Each_payment_comes_once_in_its_order_with_what_was_told_about_it()
    {
        Insert(250);
        _isTold = payment => payment.Reference != "ref7";

        var due = await LookUpAsync(250);

        Assert.That(due.Select(payment => payment.Id), Is.EqualTo(Enumerable.Range(1, 250)));
        Assert.That(due.Where(payment => payment.Known?.Reference != $"ref{payment.Id}").Select(payment => payment.Id), Is.EqualTo(new[] { 7 }));
        Assert.That(_batches, Is.EqualTo(new[] { 100, 100, 50 }));
    }

    [Test]
    public async Task Stores_are_asked_for_apart()
    {
        Insert(3);
        _payments.Change(payment => payment.StoreId = payment.Id == 2 ? 2 : 1);

        await LookUpAsync(3);

        Assert.That(_batches, Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public async Task A_batch_that_fails_leaves_its_payments_to_be_asked_for_one_by_one()
    {
        Insert(2);
        _gateway.Setup(gateway => gateway.FindManyAsync(It.IsAny<IReadOnlyList<PaymentHandle>>(), It.IsAny<GatewaySettings>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new GatewayException(GatewayFault.ServerError, "answered 500"));

        Assert.That(await LookUpAsync(2), Is.EqualTo(new[] { new DuePayment(1, null), new DuePayment(2, null) }));
        _log.Verify(log => log.WarningAsync(It.Is<string>(line => line.Contains("2 payments not read together")), null, null), Times.Once);
    }

    [Test]
    public async Task One_payment_and_settings_that_do_not_allow_to_ask_make_no_batch()
    {
        Insert(2);
        await LookUpAsync(1);
        _gateway.Setup(gateway => gateway.CanQuery(It.IsAny<GatewaySettings>())).Returns(false);
        await LookUpAsync(2);

        Assert.That(_batches, Is.Empty);
    }

    [Test]
    public async Task What_a_batch_told_settles_a_payment_unless_a_webhook_came_since()
    {
        var shop = new Shop();
        shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await shop.SynchronizeAsync(known: Facts.Answer(ProviderStatus.Waiting));
        Assert.That((shop.Payments.Single.Status, shop.Gateway.Questions), Is.EqualTo((CryptoPaymentStatus.AwaitingPayment, 0)));

        shop.Events.Insert(new PaymentEvent { EventKey = "w1", PaymentId = 1, Kind = PaymentEventKind.Webhook });
        await shop.SynchronizeAsync(known: Facts.Answer(ProviderStatus.Waiting));

        Assert.That((shop.Payments.Single.Status, shop.Gateway.Questions), Is.EqualTo((CryptoPaymentStatus.Paid, 1)));
    }

    private void Insert(int count)
    {
        for (var number = 1; number <= count; number++)
            _payments.Insert(new CryptoPayment { StoreId = 1, Reference = $"ref{number}" });
    }

    private async Task<List<DuePayment>> LookUpAsync(int count)
    {
        var store = new GatewaySettingsStore(Mock.Of<ISettingService>(), new SecretProtector(Mock.Of<IEncryptionService>()));
        var due = new List<DuePayment>();
        await foreach (var payment in new BatchLookup(_payments.Repository, store, _log.Object).LookUpAsync(_gateway.Object, IdsAsync(count), CancellationToken.None))
            due.Add(payment);
        return due;
    }

    private static async IAsyncEnumerable<int> IdsAsync(int count)
    {
        for (var id = 1; id <= count; id++)
        {
            await Task.Yield();
            yield return id;
        }
    }
}
