using System.Text.Json;

namespace CryptoGateways.Simulators.Shared;

/// <summary>What every provider's payment has; a provider adds its own fields by deriving.</summary>
public class SimPayment
{
    public required string Reference { get; init; }
    public required decimal Amount { get; set; }
    public required string Currency { get; init; }
    public required string Status { get; set; }
    public required string PayUrl { get; set; }
    public required DateTimeOffset CreatedUtc { get; init; }
    public required DateTimeOffset UpdatedUtc { get; set; }

    /// <summary>What the provider's status answer and webhooks say was the amount; normally <see cref="Amount"/>.</summary>
    public required decimal ReportedAmount { get; set; }
    public required string ReportedCurrency { get; set; }

    /// <summary>The body of the create request as it was sent.</summary>
    public required JsonElement Request { get; init; }
}

public enum Signature { Genuine, Forged, Missing }

/// <summary>What a webhook shall say; null means the truth.</summary>
public sealed record WebhookContent(string Kind, string? Event = null, decimal? Amount = null, string? Currency = null,
    string? Reference = null, Signature Signature = Signature.Genuine);

/// <summary>What the simulator's process shares between providers.</summary>
public sealed record Host(IConfiguration Configuration, TimeProvider Time, HttpClient Http);

/// <summary>One provider: its API, pay page and webhooks come from the deriving class, everything else is here.</summary>
public abstract class Provider
{
    private readonly Host _host;
    private CancellationTokenSource _life = new();
    private int _lastRequest;

    protected Provider(Host host, string name, IReadOnlyList<Setting> settings, IReadOnlyList<TimeSpan> retryDelays, DeliveryRules? rules = null)
    {
        _host = host;
        Name = name;
        Gate = new(host.Time);
        Settings = new([
            new("webhookUrl", "", "where webhooks go, if the payment names no address of its own"),
            new("webhooks", "on", "off: no events; lost: the provider believes they arrived", "on", "off", "lost"),
            new("webhookDelaySeconds", "0", "pause before the first attempt"),
            new("clockAheadMinutes", "0", "the provider's clock is ahead of this machine's: in the Date header and in every time that it tells"),
            new("clockBehindMinutes", "0", "the same, behind"),
            .. settings], host.Configuration.GetSection(name));
        Faults = new(Gate);
        Webhooks = new(Gate, host.Http, host.Time, retryDelays, host.Configuration.GetValue("Webhooks:Speed", 1d), rules);
    }

    public string Name { get; }
    public Gate Gate { get; }
    public Settings Settings { get; }
    public FaultBox Faults { get; }
    public WebhookSender Webhooks { get; }
    public List<SimPayment> Payments { get; } = [];

    /// <summary>Ids are made from it. A reset forgets payments, but no id is given out twice where shops keep them.</summary>
    public int LastNumber { get; protected set; }
    public List<RecordedRequest> Requests { get; } = [];

    public abstract string Title { get; }

    /// <summary>The base URL for the shop, without the simulator's address.</summary>
    public virtual string BasePath => $"/{Name}";

    /// <summary>The other values that the owner of a shop enters, as the plugin's settings are called; {address} stands for the simulator's.</summary>
    public virtual IReadOnlyList<(string Field, string Value)> ShopSettings => [];

    public abstract IReadOnlyList<string> Endpoints { get; }
    public abstract IReadOnlyList<string> Actions { get; }
    public abstract IReadOnlyList<string> Statuses { get; }
    public abstract IReadOnlyList<string> Currencies { get; }

    /// <summary>By the provider's clock.</summary>
    public DateTimeOffset Now => _host.Time.GetUtcNow() + TimeSpan.FromMinutes((double)(Settings.Number("clockAheadMinutes") - Settings.Number("clockBehindMinutes")));

    public abstract void MapApi(MerchantApi api);

    /// <summary>The provider's error answer with this HTTP status.</summary>
    public abstract ApiAnswer Error(int status);

    /// <summary>The same for a provider whose error answers differ between its endpoints.</summary>
    public virtual ApiAnswer Error(int status, ApiRequest request) => Error(status);

    /// <summary>Does one of <see cref="Actions"/>; called inside the gate.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public abstract void Act(SimPayment payment, string action, Args args);

    public abstract Webhook Compose(SimPayment payment, WebhookContent content);

    /// <summary>The text without what must not be recorded.</summary>
    protected abstract string Mask(string text);

    /// <summary>Request headers whose whole value must not be recorded.</summary>
    protected virtual IReadOnlyList<string> SecretHeaders => [];

    public virtual SimPayment? Find(string reference) => Payments.Find(p => p.Reference == reference);

    /// <summary>The provider's own event, subject to the webhook switches.</summary>
    /// <returns>Null: nothing was sent.</returns>
    protected Delivery? Emit(SimPayment payment, string eventType, Args args)
    {
        if (!args.Flag("webhook", true) || Settings["webhooks"] == "off" || !IsSubscribed(eventType))
            return null;
        var webhook = Compose(payment, new("automatic", eventType));
        return Settings["webhooks"] == "lost"
            ? Webhooks.Lose(webhook)
            : Webhooks.Send(webhook, webhook.Url ?? Settings["webhookUrl"], TimeSpan.FromSeconds((double)Settings.Number("webhookDelaySeconds")), retry: true);
    }

    protected virtual bool IsSubscribed(string eventType) => true;

    /// <summary>Webhooks made by hand, whatever the switches say.</summary>
    /// <exception cref="ArgumentException">There is no such kind, or nothing was sent that could be sent again.</exception>
    public IReadOnlyList<Delivery> Send(SimPayment payment, Args args)
    {
        var kind = args.Text("kind", "correct", WebhookKinds);
        var content = new WebhookContent(kind, args.Text("event"), args.Number("amount"), args.Text("currency"));
        var webhook = kind switch
        {
            "forged" => Compose(payment, content with { Signature = Signature.Forged }),
            "unsigned" => Compose(payment, content with { Signature = Signature.Missing }),
            "wrong-amount" => Compose(payment, content with { Amount = content.Amount ?? payment.Amount / 2 }),
            "wrong-currency" => Compose(payment, content with { Currency = content.Currency ?? OtherCurrency(payment) }),
            "unknown-reference" => Compose(payment, content with { Reference = $"unknown{Guid.NewGuid():N}" }),
            "old" => Again(payment),
            _ => Compose(payment, content)
        };
        return [.. Enumerable.Range(0, kind == "double" ? 2 : 1)
            .Select(_ => Webhooks.Send(webhook, webhook.Url ?? Settings["webhookUrl"], TimeSpan.Zero, args.Flag("retry", false)))];
    }

    public static readonly string[] WebhookKinds =
        ["correct", "double", "forged", "unsigned", "wrong-amount", "wrong-currency", "unknown-reference", "old"];

    public string OtherCurrency(SimPayment payment) => Currencies.First(c => c != payment.Currency);

    /// <summary>Runs inside the gate after the delay, unless the simulator was reset in between.</summary>
    protected void Later(TimeSpan delay, Action action)
    {
        var life = _life.Token;
        _ = Task.Delay(delay, _host.Time, life).ContinueWith(_ => Gate.Change(action), life, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    public RecordedRequest Record(HttpRequest request, string endpoint, string body) => Gate.Change(() =>
    {
        var record = new RecordedRequest
        {
            Id = ++_lastRequest,
            AtUtc = Now,
            Endpoint = endpoint,
            Method = request.Method,
            Path = request.Path + Mask(request.QueryString.Value ?? ""),
            Headers = request.Headers.Where(h => h.Key != "Cookie").ToDictionary(h => h.Key, h => SecretHeaders.Contains(h.Key, StringComparer.OrdinalIgnoreCase) ? "***" : Mask(h.Value.ToString())),
            Body = Mask(body)
        };
        Requests.Add(record);
        return record;
    });

    public void Reset()
    {
        Faults.Clear(answer: false);
        Webhooks.Reset();
        Gate.Change(() =>
        {
            _life.Cancel();
            _life = new();
            Payments.Clear();
            Requests.Clear();
            Settings.Reset();
            Forget();
        });
    }

    /// <summary>Takes over what was kept of an earlier process.</summary>
    public void Restore(IEnumerable<SimPayment> payments, int lastNumber) => Gate.Change(() =>
    {
        foreach (var payment in payments)
            Add(payment);
        LastNumber = lastNumber;
    });

    /// <summary>The first of a setting's accepted values.</summary>
    protected string FirstOf(string setting) => Settings.List(setting).FirstOrDefault("");

    protected virtual void Add(SimPayment payment) => Payments.Add(payment);

    /// <summary>What a provider remembers besides payments goes at a reset.</summary>
    protected virtual void Forget()
    {
    }

    private Webhook Again(SimPayment payment)
    {
        var first = Webhooks.Deliveries.Find(d => d.Reference == payment.Reference && d.Kind is "automatic" or "correct") ?? throw new ArgumentException("no event was sent for this payment");
        return new(first.Reference, "old", first.EventId, first.EventType, first.Body, first.Headers, first.Url);
    }
}
