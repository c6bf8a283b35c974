using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// What every gateway must do, tried over real HTTP with the services as the plugin registers them. A gateway's own fixture says how its
/// provider answers; its documented examples it tests elsewhere.
/// </summary>
public abstract partial class GatewayContract
{
    protected const string Email = "shopper@example.com";

    /// <summary>Long enough for a busy machine: a test that waits for it has failed.</summary>
    private static readonly TimeSpan _patient = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan _impatient = TimeSpan.FromSeconds(2);

    private readonly List<ServiceProvider> _services = [];

    private TimeProvider? _clock;

    protected FakeProvider Provider { get; private set; } = null!;

    protected abstract string SystemName { get; }

    /// <summary>Registers a gateway that the plugin does not bring.</summary>
    protected virtual void Register(IServiceCollection services)
    {
    }

    /// <summary>A secret of the documented form.</summary>
    protected abstract string Secret { get; }

    /// <summary>Settings that are complete and send all that can be sent.</summary>
    protected abstract Dictionary<string, string> Fields(Uri baseUrl, string secret);

    /// <summary>The provider's documented answers to the creation of this payment, one for each call that it takes.</summary>
    protected abstract IReadOnlyList<string> CreatedAnswers(PaymentRequest request);

    /// <summary>What the shopper chose.</summary>
    protected virtual CoinDescriptor Coin => Gateway().Descriptor.Coins[0];

    /// <summary>What was quoted.</summary>
    protected virtual Money Amount => new(1234.56m, Coin.Code);

    /// <summary>How the quoted amount stands in one of the create call's bodies.</summary>
    protected virtual string AmountOnTheWire => "1234.56";

    /// <summary>The provider's id, where a look-up in one call needs it.</summary>
    protected virtual string? ExternalId => null;

    /// <summary>What the shopper was told to send, where a look-up needs it.</summary>
    protected virtual Money? Due => null;

    /// <summary>Calls beside those that are tried, see <see cref="FakeProvider.Aside"/>.</summary>
    protected virtual Func<string, Func<HttpContext, Task>?> Aside => _ => null;

    /// <summary>HTTP statuses by which a look-up learns that the provider does not know the payment.</summary>
    protected virtual IReadOnlyList<int> NotFoundStatuses => [404];
    /// <summary>The clock; one that stands still where an answer counts in seconds from now.</summary>
    protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>The shopper's address is part of the create call.</summary>
    protected virtual bool SendsEmail => true;

    /// <summary>A webhook's signature covers its body.</summary>
    protected virtual bool SignsBody => true;

    /// <summary>A webhook names the payment by our reference, and not by <see cref="ExternalId"/>.</summary>
    protected virtual bool KeepsReference => true;

    /// <summary>The fields of a webhook by which one event is told from another, by the names that the provider documents.</summary>
    protected abstract IReadOnlyList<string> TellingFields { get; }

    /// <summary>What a webhook states that the payment is for.</summary>
    protected virtual Money? StatedAmount => Amount;

    /// <summary>Every word for a status that the provider documents, and what it means.</summary>
    protected abstract IReadOnlyDictionary<string, ProviderStatus> Words { get; }

    /// <summary>The provider's documented answer when it is asked for this payment.</summary>
    protected abstract string FoundAnswer(PaymentRequest request, string word);

    /// <summary>What the provider counts receipts in, and how much of it is asked for.</summary>
    protected virtual Money Asked => Amount;

    /// <summary>The smallest amount that the provider tells.</summary>
    protected virtual decimal SmallestReceipt => 0.00000001m;

    /// <summary>The provider's answer when that much arrived of what is asked for, and the payment is over; null when it does not tell amounts.</summary>
    protected virtual string? ReceivedAnswer(PaymentRequest request, decimal received) => null;

    /// <summary>A webhook about this payment that is signed with a secret and names <see cref="Email"/> where the provider documents it.</summary>
    protected abstract WebhookRequest Webhook(PaymentRequest request, string secret);

    protected PaymentRequest Request => new()
    {
        Reference = "k3v9x0q2m8r7t1z5w4y6",
        Coin = Coin,
        Amount = Amount,
        OrderId = 17,
        OrderNumber = "2026-17",
        StoreId = 1,
        Attempt = 2,
        CustomerId = 5,
        CustomerEmail = Email,
        CustomerName = "Sam Sample",
        WebhookUrl = new Uri($"https://shop.example.com/Plugins/CryptoGateways/Webhook/{SystemName}"),
        SuccessUrl = new Uri("https://shop.example.com/checkout/crypto/return/k3v9x0q2m8r7t1z5w4y6?order=17&result=success"),
        FailureUrl = new Uri("https://shop.example.com/checkout/crypto/return/k3v9x0q2m8r7t1z5w4y6?order=17&result=failure"),
        Items = [new PaymentItem("Überraschung", 1200m, 1), new PaymentItem("Shipping", 17.28m, 2)]
    };

    [SetUp]
    public async Task StartProvider()
    {
        Provider = await FakeProvider.StartAsync();
        Provider.Aside = Aside;
    }

    [TearDown]
    public async Task StopProvider()
    {
        foreach (var services in _services)
            await services.DisposeAsync();
        _services.Clear();
        _clock = null;
        await Provider.DisposeAsync();
    }

    protected IPaymentGateway Gateway(TimeSpan? timeout = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(_clock ?? Time);
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
        Register(services);
        services.AddHttpClient(GatewayHttp.ClientName, client => client.Timeout = timeout ?? _patient);
        _services.Add(services.BuildServiceProvider());
        return _services[^1].GetRequiredService<GatewayRegistry>().Find(SystemName)!;
    }

    protected IStatusGateway StatusGateway(TimeSpan? timeout = null) => Can<IStatusGateway>(timeout);

    protected IWebhookGateway WebhookGateway() => Can<IWebhookGateway>();

    protected GatewaySettings Settings(Uri? baseUrl = null, string? secret = null) =>
        new(Gateway().Descriptor, Fields(baseUrl ?? Provider.Url, secret ?? Secret));

    protected Task<CreatedPayment> CreateAsync(TimeSpan? timeout = null, Uri? baseUrl = null, CancellationToken cancellationToken = default) =>
        Gateway(timeout).CreateAsync(Request, Settings(baseUrl), cancellationToken);

    protected Task<ProviderPayment?> FindAsync(TimeSpan? timeout = null, Uri? baseUrl = null, CancellationToken cancellationToken = default) =>
        StatusGateway(timeout).FindAsync(
            new PaymentHandle(Request.Reference, ExternalId) { Quoted = Amount, Due = Due, CreatedOnUtc = new DateTime(2026, 11, 21, 9, 0, 0, DateTimeKind.Utc) },
            Settings(baseUrl), cancellationToken);

    /// <summary>Answers create calls as documented, or with these changes: each time one set of answers.</summary>
    protected Func<HttpContext, Task> Creates(params Func<string, string>[] changes) => Answers.InTurn(
        [.. (changes.Length == 0 ? [answer => answer] : changes).SelectMany(change => CreatedAnswers(Request).Select(answer => Answers.Json(change(answer))))]);

    /// <summary>The exception that a call ends with. Its texts go to the log: none may hold what is secret.</summary>
    protected async Task<GatewayException> FaultAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (GatewayException exception)
        {
            Assert.That(exception.ToString(), Does.Not.Contain(Secret).And.Not.Contain(Email));
            return exception;
        }
        throw new AssertionException("nothing was thrown");
    }

    private T Can<T>(TimeSpan? timeout = null) where T : class, IPaymentGateway
    {
        Assume.That(Gateway(timeout), Is.InstanceOf<T>(), $"{SystemName} is no {typeof(T).Name}");
        return (T)Gateway(timeout);
    }

    private static string WithUnknownFields(string json) => Changed(json, node =>
    {
        if (node is JsonObject fields)
            fields["a_field_of_tomorrow"] = new JsonObject { ["list"] = new JsonArray(1, "two", null) };
        return node;
    });

    private static string WithNumbersAsText(string json) => Changed(json, node =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? JsonValue.Create(value.ToJsonString()) : node);

    /// <summary>The JSON with every node, from the leaves on, replaced by what <paramref name="change"/> makes of it.</summary>
    private static string Changed(string json, Func<JsonNode?, JsonNode?> change)
    {
        return Walk(JsonNode.Parse(json))?.ToJsonString() ?? "null";

        JsonNode? Walk(JsonNode? node) => change(node switch
        {
            JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Walk(field.Value)?.DeepClone()))),
            JsonArray items => new JsonArray([.. items.Select(item => Walk(item)?.DeepClone())]),
            _ => node?.DeepClone()
        });
    }
}
