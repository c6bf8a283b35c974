using System.Text;

namespace CryptoGateways.Simulators.Shared;

/// <param name="Url">The payment's own callback address; null: the account's (setting webhookUrl).</param>
public sealed record Webhook(string Reference, string Kind, string EventId, string EventType, string Body, IReadOnlyDictionary<string, string> Headers,
    string? Url = null);

/// <param name="Status">The merchant's HTTP status; null: no answer within the timeout, or no connection (<paramref name="Error"/>).</param>
public sealed record DeliveryAttempt(DateTimeOffset AtUtc, int? Status, string? Error);

public sealed class Delivery(int id, Webhook webhook)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Id => id;
    public string Reference => webhook.Reference;
    public string Kind => webhook.Kind;
    public string EventId => webhook.EventId;
    public string EventType => webhook.EventType;
    public string Body => webhook.Body;
    public IReadOnlyDictionary<string, string> Headers => webhook.Headers;
    public string? Url => webhook.Url;

    /// <summary>waiting, delivered, failed, lost or no-url.</summary>
    public string State { get; set; } = "waiting";
    public List<DeliveryAttempt> Attempts { get; } = [];

    public Task FirstAttempt() => _first.Task;
    public void FirstAttemptDone() => _first.TrySetResult();
}

/// <summary>What a provider makes of the merchant's answer; the defaults are Coinskro's.</summary>
public sealed record DeliveryRules
{
    public static readonly DeliveryRules Default = new();

    public Func<int, bool> Delivered { get; init; } = status => status is >= 200 and < 300;

    /// <summary>No further attempt is made after such an answer.</summary>
    public Func<int, bool> GivesUp { get; init; } = status => status == 410;
}

/// <summary>Delivers webhooks as the provider does: what is neither delivered nor given up is repeated by the provider's schedule.</summary>
/// <param name="retryDelays">The pause before each repetition, counted from the end of the attempt before.</param>
/// <param name="speed">Retry delays are divided by it.</param>
public sealed class WebhookSender(Gate gate, HttpClient http, TimeProvider time, IReadOnlyList<TimeSpan> retryDelays, double speed, DeliveryRules? rules = null)
{
    /// <summary>Coinskro's limit; providers.md names none for the other providers.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly DeliveryRules _rules = rules ?? DeliveryRules.Default;
    private CancellationTokenSource _run = new();
    private int _lastId;

    public List<Delivery> Deliveries { get; } = [];

    /// <summary>Records the webhook as delivered from the provider's view, sends nothing.</summary>
    public Delivery Lose(Webhook webhook) => Add(webhook, "lost");

    public Delivery Send(Webhook webhook, string url, TimeSpan delay, bool retry)
    {
        var delivery = Add(webhook, url.Length == 0 ? "no-url" : "waiting");
        if (url.Length > 0)
            _ = Task.Run(() => DeliverAsync(delivery, url, delay, retry ? retryDelays : [], _run.Token));
        return delivery;
    }

    /// <summary>The same bytes once more; scheduled retries go on unless this attempt is accepted.</summary>
    public Task RedeliverAsync(Delivery delivery, string url) => AttemptAsync(delivery, url, last: delivery.State != "waiting", _run.Token);

    public void Reset() => gate.Change(() =>
    {
        _run.Cancel();
        _run = new();
        Deliveries.Clear();
        _lastId = 0;
    });

    private Delivery Add(Webhook webhook, string state) => gate.Change(() =>
    {
        var delivery = new Delivery(++_lastId, webhook) { State = state };
        if (state != "waiting")
            delivery.FirstAttemptDone();
        Deliveries.Add(delivery);
        return delivery;
    });

    private async Task DeliverAsync(Delivery delivery, string url, TimeSpan delay, IReadOnlyList<TimeSpan> retries, CancellationToken cancel)
    {
        try
        {
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, time, cancel);
            for (var attempt = 0; !await AttemptAsync(delivery, url, attempt == retries.Count, cancel); attempt++)
            {
                await Task.Delay(retries[attempt] / speed, time, cancel);
                if (delivery.State != "waiting")
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            delivery.FirstAttemptDone();
        }
    }

    /// <returns>True when nothing more is to be tried.</returns>
    private async Task<bool> AttemptAsync(Delivery delivery, string url, bool last, CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        int? status = null;
        string? error = null;
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
            using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)) };
            foreach (var (name, value) in delivery.Headers)
                if (!message.Headers.TryAddWithoutValidation(name, value))
                    message.Content.Headers.TryAddWithoutValidation(name, value);
            using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            status = (int)answer.StatusCode;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            error = "no answer within 5 s";
        }
        catch (HttpRequestException e)
        {
            error = e.Message;
        }
        var delivered = status is { } code && _rules.Delivered(code);
        var over = delivered || last || (status is { } refusal && _rules.GivesUp(refusal));
        gate.Change(() =>
        {
            delivery.Attempts.Add(new(at, status, error));
            delivery.State = delivered ? "delivered" : over ? "failed" : "waiting";
        });
        delivery.FirstAttemptDone();
        return over;
    }
}
