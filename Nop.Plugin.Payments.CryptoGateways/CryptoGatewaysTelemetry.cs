using System.Diagnostics.Metrics;
using System.Diagnostics;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways;

/// <summary>
/// The plugin's OpenTelemetry meter and activity source. Metric tags have few values; payment references are set on traces only.
/// docs/operations.md lists all instruments.
/// </summary>
public sealed class CryptoGatewaysTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Nop.Plugin.Payments.CryptoGateways";

    private const string Gateway = "gateway";
    private const string Outcome = "outcome";
    private const string ErrorType = "error.type";

    /// <summary>From half a minute to two weeks, in seconds.</summary>
    private static readonly int[] _timesToPaid = [30, 60, 120, 300, 600, 1200, 3600, 7200, 21600, 86400, 259200, 1209600];

    private static readonly ActivitySource _activities = new(Name);
    private readonly Counter<long> _creations;
    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _synchronizations;
    private readonly Histogram<double> _timeToPaid;
    private readonly Histogram<double> _calls;

    public CryptoGatewaysTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _creations = meter.CreateCounter<long>("cryptogateways.payment.creations", "{payment}", "Attempts to create a payment at a provider");
        _webhooks = meter.CreateCounter<long>("cryptogateways.webhooks", "{webhook}", "Webhooks received");
        _synchronizations = meter.CreateCounter<long>("cryptogateways.synchronizations", "{synchronization}", "Payment checks with the provider");
        _timeToPaid = meter.CreateHistogram("cryptogateways.payment.time_to_paid", "s", "Time from a payment's creation to its funds", advice:
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [.. _timesToPaid] });
        _calls = meter.CreateHistogram("cryptogateways.provider.call.duration", "s", "Duration of calls to providers", advice:
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15] });
    }

    /// <summary>Starts a span; null without a listener.</summary>
    public static Activity? Start(string step, string gateway) => _activities.StartActivity(step)?.SetTag(Gateway, gateway);

    /// <param name="gateway">System name.</param>
    /// <param name="fault">Why creating it failed; null when it succeeded.</param>
    public void Created(string gateway, GatewayFault? fault) =>
        _creations.Add(1, Tag(Gateway, gateway), Tag(Outcome, fault is null ? "created" : $"{fault}"));

    /// <param name="gateway">System name.</param>
    /// <param name="outcome">How it was handled.</param>
    public void WebhookReceived(string gateway, string outcome) => _webhooks.Add(1, Tag(Gateway, gateway), Tag(Outcome, outcome));

    /// <param name="gateway">System name.</param>
    /// <param name="source">What triggered the check.</param>
    /// <param name="status">The payment's status after the check.</param>
    public void Synchronized(string gateway, SynchronizationSource source, CryptoPaymentStatus status) =>
        _synchronizations.Add(1, Tag(Gateway, gateway), Tag("source", $"{source}"), Tag("status", $"{status}"));

    public void FundsReceived(string gateway, TimeSpan sinceCreation) => _timeToPaid.Record(sinceCreation.TotalSeconds, Tag(Gateway, gateway));

    /// <param name="gateway">System name.</param>
    /// <param name="duration">From the request to the end of the response.</param>
    /// <param name="fault">What was wrong with the response; null when it was usable.</param>
    public void ProviderCalled(string gateway, TimeSpan duration, GatewayFault? fault)
    {
        if (fault is null)
            _calls.Record(duration.TotalSeconds, Tag(Gateway, gateway));
        else
            _calls.Record(duration.TotalSeconds, Tag(Gateway, gateway), Tag(ErrorType, $"{fault}"));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
