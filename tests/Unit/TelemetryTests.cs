using System.Diagnostics;
using System.Diagnostics.Metrics;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

public sealed class TelemetryTests
{
    private readonly List<string> _seen = [];

    private readonly CryptoGatewaysTelemetry _telemetry = Registered.Telemetry;

    private MeterListener _listener = null!;

    [SetUp]
    public void Listen()
    {
        _seen.Clear();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CryptoGatewaysTelemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, $"{value}", tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, FormattableString.Invariant($"{value}"), tags));
        _listener.Start();
    }

    [TearDown]
    public void Stop() => _listener.Dispose();

    [Test]
    public void A_creation_is_counted_by_gateway_and_outcome()
    {
        _telemetry.Created("alpha", fault: null);
        _telemetry.Created("alpha", GatewayFault.Timeout);

        Assert.That(_seen, Is.EqualTo(new[]
        {
            "cryptogateways.payment.creations 1 {payment} gateway=alpha outcome=created",
            "cryptogateways.payment.creations 1 {payment} gateway=alpha outcome=Timeout"
        }));
    }

    [Test]
    public void A_webhook_is_counted_by_gateway_and_outcome()
    {
        _telemetry.WebhookReceived("alpha", "Rejected");

        Assert.That(_seen, Is.EqualTo(new[] { "cryptogateways.webhooks 1 {webhook} gateway=alpha outcome=Rejected" }));
    }

    [Test]
    public void A_synchronization_is_counted_by_source_and_status()
    {
        _telemetry.Synchronized("alpha", SynchronizationSource.Task, CryptoPaymentStatus.Paid);

        Assert.That(_seen, Is.EqualTo(new[] { "cryptogateways.synchronizations 1 {synchronization} gateway=alpha source=Task status=Paid" }));
    }

    [Test]
    public void Times_are_in_seconds_and_a_fault_is_a_tag()
    {
        _telemetry.FundsReceived("alpha", TimeSpan.FromMinutes(2));
        _telemetry.ProviderCalled("alpha", TimeSpan.FromMilliseconds(250), fault: null);
        _telemetry.ProviderCalled("alpha", TimeSpan.FromSeconds(15), GatewayFault.Timeout);

        Assert.That(_seen, Is.EqualTo(new[]
        {
            "cryptogateways.payment.time_to_paid 120 s gateway=alpha",
            "cryptogateways.provider.call.duration 0.25 s gateway=alpha",
            "cryptogateways.provider.call.duration 15 s gateway=alpha error.type=Timeout"
        }));
    }

    [Test]
    public void A_step_of_a_trace_tells_the_gateway()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CryptoGatewaysTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData
        };
        ActivitySource.AddActivityListener(listener);
        using var step = CryptoGatewaysTelemetry.Start("create payment", "alpha");

        Assert.That((step?.OperationName, step?.GetTagItem("gateway")), Is.EqualTo(("create payment", "alpha")));
    }

    [Test]
    public async Task A_synchronization_that_finds_the_money_tells_how_long_it_took()
    {
        var shop = new Shop();
        shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        shop.Time.Now += TimeSpan.FromSeconds(90);
        await shop.SynchronizeAsync();
        await shop.SynchronizeAsync();

        Assert.That(_seen, Is.EqualTo(new[]
        {
            "cryptogateways.payment.time_to_paid 90 s gateway=talkative",
            "cryptogateways.synchronizations 1 {synchronization} gateway=talkative source=Task status=Paid",
            "cryptogateways.synchronizations 1 {synchronization} gateway=talkative source=Task status=Paid"
        }));
    }

    [Test]
    public void Without_a_listener_there_is_no_trace() => Assert.That(CryptoGatewaysTelemetry.Start("create payment", "alpha"), Is.Null);

    private void Note(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Add($"{instrument.Name} {value} {instrument.Unit} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}");
}
