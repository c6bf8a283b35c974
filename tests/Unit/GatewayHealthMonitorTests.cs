using Moq;
using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;
using Nop.Services.Logging;

namespace CryptoGateways.Tests.Unit;

public sealed class GatewayHealthMonitorTests
{
    private static readonly IPaymentGateway _gateway = Registered.Gateways[0];

    private static readonly string _name = _gateway.Descriptor.SystemName;

    private readonly ManualTime _time = new();

    private Rows<GatewayHealth> _health = null!;
    private Rows<AdminAlert> _alerts = null!;
    private ProviderRateLimiter _rateLimiter = null!;
    private GatewayHealthMonitor _watch = null!;

    [SetUp]
    public void Start()
    {
        _health = new(row => row.Gateway);
        _alerts = new(row => row.AlertKey);
        _rateLimiter = new ProviderRateLimiter(_time);
        _watch = new GatewayHealthMonitor(new GatewayRegistry([_gateway]), _rateLimiter, new GatewayHealthStore(_health.Repository), Alerts(_alerts, _time), _time);
    }

    [Test]
    public async Task A_provider_is_failing_since_its_first_failure_and_until_its_next_success()
    {
        _rateLimiter.RecordCall(_name, fault: null);
        var since = _time.Now += TimeSpan.FromMinutes(1);
        for (var call = 0; call < GatewayHealthMonitor.AlertThreshold; call++)
        {
            await _watch.RunAsync();
            Assert.That(_health.All, Is.Empty);
            _rateLimiter.RecordCall(_name, GatewayFault.BadKey);
            _time.Now += TimeSpan.FromSeconds(10);
        }

        await _watch.RunAsync();
        await _watch.RunAsync();
        Assert.That((_health.Single.FailingSinceUtc, _health.Single.FaultId), Is.EqualTo((since, (int)GatewayFault.BadKey)));
        Assert.That(_alerts.Single.ResolvedOnUtc, Is.Null);

        _rateLimiter.RecordCall(_name, fault: null);
        await _watch.RunAsync();
        Assert.That((_health.Single.FailingSinceUtc, _health.Single.FaultId), Is.EqualTo(((DateTime?)null, (int?)null)));
        Assert.That(_alerts.Single.ResolvedOnUtc, Is.Not.Null);
    }

    [Test]
    public async Task A_provider_that_refuses_what_it_is_asked_is_there([Values(GatewayFault.Refused, GatewayFault.TooManyRequests, GatewayFault.NotCalled)] GatewayFault fault)
    {
        for (var call = 0; call < GatewayHealthMonitor.AlertThreshold * 2; call++)
            _rateLimiter.RecordCall(_name, fault);
        await _watch.RunAsync();

        Assert.That((_health.All, _alerts.All), Is.EqualTo((Array.Empty<GatewayHealth>(), Array.Empty<AdminAlert>())));
    }

    internal static GatewayAlerts Alerts(Rows<AdminAlert> rows, ManualTime time)
    {
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>(), It.IsAny<int>(), true, string.Empty, false)).ReturnsAsync("{0}");
        return new GatewayAlerts(new AdminAlerts(rows.Repository, time), new AdminNotifications(new Shop().Sender, Mock.Of<ILogger>()), texts.Object, new LocalizationSettings());
    }
}
