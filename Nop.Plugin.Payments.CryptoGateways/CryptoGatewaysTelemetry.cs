using System.Diagnostics.Metrics;
using System.Diagnostics;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways;

/// <summary>
/// What can be measured from outside: a meter and an activity source with the plugin's name, in the manner of OpenTelemetry. Every
/// tag has few values; references and order numbers stand on traces only. docs/operations.md lists all of it.
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
        _creations = meter.CreateCounter<long>("cryptogateways.payment.creations", "{payment}", "Payments that were to be created at a provider");
        _webhooks = meter.CreateCounter<long>("cryptogateways.webhooks", "{webhook}", "Webhooks that came in");
        _synchronizations = meter.CreateCounter<long>("cryptogateways.synchronizations", "{synchronization}", "Payments that were compared with what the provider says");
        _timeToPaid = meter.CreateHistogram("cryptogateways.payment.time_to_paid", "s", "Time between the creation of a payment and its money", advice:
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [.. _timesToPaid] });
        _calls = meter.CreateHistogram("cryptogateways.provider.call.duration", "s", "Time that a provider took to answer", advice:
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15] });
    }

    /// <summary>Starts a step of a trace; null when nobody listens.</summary>
    public static Activity? Start(string step, string gateway) => _activities.StartActivity(step)?.SetTag(Gateway, gateway);

    /// <param name="gateway">System name.</param>
    /// <param name="fault">Why it was not created; null when it was.</param>
    public void Created(string gateway, GatewayFault? fault) =>
        _creations.Add(1, Tag(Gateway, gateway), Tag(Outcome, fault is null ? "created" : $"{fault}"));

    /// <param name="gateway">System name.</param>
    /// <param name="outcome">What became of it.</param>
    public void WebhookCame(string gateway, string outcome) => _webhooks.Add(1, Tag(Gateway, gateway), Tag(Outcome, outcome));

    /// <param name="gateway">System name.</param>
    /// <param name="source">What made us look.</param>
    /// <param name="status">The payment's status after it.</param>
    public void Synchronized(string gateway, SynchronizationSource source, CryptoPaymentStatus status) =>
        _synchronizations.Add(1, Tag(Gateway, gateway), Tag("source", $"{source}"), Tag("status", $"{status}"));

    public void MoneyArrived(string gateway, TimeSpan sinceCreation) => _timeToPaid.Record(sinceCreation.TotalSeconds, Tag(Gateway, gateway));

    /// <param name="gateway">System name.</param>
    /// <param name="duration">From the request to the end of the answer.</param>
    /// <param name="fault">What was wrong with the answer; null for nothing.</param>
    public void ProviderCalled(string gateway, TimeSpan duration, GatewayFault? fault)
    {
        if (fault is null)
            _calls.Record(duration.TotalSeconds, Tag(Gateway, gateway));
        else
            _calls.Record(duration.TotalSeconds, Tag(Gateway, gateway), Tag(ErrorType, $"{fault}"));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

/// <summary>
/// What made us compare a payment with its provider.
/// </summary>
public enum SynchronizationSource
{
    Webhook,

    /// <summary>The shopper came back from the provider.</summary>
    Return,

    /// <summary>The shopper looks at the order's payment page.</summary>
    OrderPage,

    /// <summary>Somebody looks at the store's own page of the payment.</summary>
    PayPage,

    /// <summary>The shopper wants to pay (again).</summary>
    Start,

    /// <summary>An administrator asked for it.</summary>
    Admin,
    Task
}
