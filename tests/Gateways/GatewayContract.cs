using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// The contract of every gateway, tested over real HTTP with the plugin's services. Each gateway's subclass defines its provider's responses; its
/// documented examples are tested elsewhere.
/// </summary>
public abstract partial class GatewayContract
{
    protected const string Email = "shopper@example.com";

    /// <summary>Long enough for a busy machine: only a failing test waits this long.</summary>
    private static readonly TimeSpan _patient = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan _impatient = TimeSpan.FromSeconds(2);

    private readonly List<ServiceProvider> _services = [];

    private readonly Lazy<IServiceCollection> _registrations;

    private readonly Lazy<GatewayDescriptor> _descriptor;

    private TimeProvider? _clock;

    protected GatewayContract()
    {
        _registrations = new(() =>
        {
            var services = new ServiceCollection();
            new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
            Register(services);
            return services;
        });
        _descriptor = new(() => Gateway().Descriptor);
    }

    protected FakeProvider Provider { get; private set; } = null!;

    protected abstract string SystemName { get; }

    /// <summary>Registers a gateway that is not part of the plugin.</summary>
    protected virtual void Register(IServiceCollection services)
    {
    }

    /// <summary>A secret of the documented form.</summary>
    protected abstract string Secret { get; }

    /// <summary>Complete settings that send all optional data.</summary>
    protected abstract Dictionary<string, string> Fields(Uri baseUrl, string secret);

    /// <summary>The documented responses to the calls that create this payment.</summary>
    protected abstract IReadOnlyList<string> CreatedAnswers(PaymentRequest request);

    /// <summary>The coin that the shopper chose.</summary>
    protected virtual CoinDescriptor Coin => Descriptor.Coins[0];

    /// <summary>The quoted amount.</summary>
    protected virtual Money Amount => new(1234.56m, Coin.Code);

    /// <summary>The quoted amount in the body of a create call.</summary>
    protected virtual string AmountOnTheWire => "1234.56";

    /// <summary>The provider's id, if a status query needs it.</summary>
    protected virtual string? ExternalId => null;

    /// <summary>The amount displayed to the shopper, if a status query needs it.</summary>
    protected virtual Money? Due => null;

    /// <summary>Responses for calls that are not under test, see <see cref="FakeProvider.Aside"/>.</summary>
    protected virtual Func<string, Func<HttpContext, Task>?> Aside => _ => null;

    /// <summary>The HTTP statuses of a query for an unknown payment.</summary>
    protected virtual IReadOnlyList<int> NotFoundStatuses => [404];

    /// <summary>The clock; fixed for providers whose responses contain relative times.</summary>
    protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>True if the create call contains the shopper's e-mail address.</summary>
    protected virtual bool SendsEmail => true;

    /// <summary>True if a webhook's signature covers its body.</summary>
    protected virtual bool SignsBody => true;

    /// <summary>True if webhooks contain the store's reference, false if only <see cref="ExternalId"/>.</summary>
    protected virtual bool KeepsReference => true;

    /// <summary>The documented webhook fields that distinguish events.</summary>
    protected abstract IReadOnlyList<string> TellingFields { get; }

    /// <summary>The amount stated in a webhook.</summary>
    protected virtual Money? StatedAmount => Amount;

    /// <summary>All documented statuses and their meaning.</summary>
    protected abstract IReadOnlyDictionary<string, ProviderStatus> Words { get; }

    /// <summary>The documented response to a query of this payment.</summary>
    protected abstract string FoundAnswer(PaymentRequest request, string word);

    /// <summary>The requested amount in the unit of received amounts.</summary>
    protected virtual Money Asked => Amount;

    /// <summary>The smallest amount that the provider reports.</summary>
    protected virtual decimal SmallestReceipt => 0.00000001m;

    /// <summary>The response about a completed payment with this received amount; null if the provider does not report amounts.</summary>
    protected virtual string? ReceivedAnswer(PaymentRequest request, decimal received) => null;

    /// <summary>A webhook about this payment, signed with a secret, with <see cref="Email"/> in the documented field.</summary>
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

    protected GatewayDescriptor Descriptor => _descriptor.Value;

    /// <summary>The gateway with services of its own, so that no call is affected by an earlier one.</summary>
    protected IPaymentGateway Gateway(TimeSpan? timeout = null)
    {
        IServiceCollection services = new ServiceCollection();
        foreach (var registration in _registrations.Value)
            services.Add(registration);
        services.AddSingleton(_clock ?? Time);
        services.AddHttpClient(GatewayHttp.ClientName, client => client.Timeout = timeout ?? _patient);
        _services.Add(services.BuildServiceProvider());
        return _services[^1].GetRequiredService<GatewayRegistry>().Find(SystemName)!;
    }

    protected IStatusGateway StatusGateway(TimeSpan? timeout = null) => Can<IStatusGateway>(timeout);

    protected IWebhookGateway WebhookGateway() => Can<IWebhookGateway>();

    protected GatewaySettings Settings(Uri? baseUrl = null, string? secret = null) =>
        new(Descriptor, Fields(baseUrl ?? Provider.Url, secret ?? Secret));

    protected Task<CreatedPayment> CreateAsync(TimeSpan? timeout = null, Uri? baseUrl = null, CancellationToken cancellationToken = default) =>
        Gateway(timeout).CreateAsync(Request, Settings(baseUrl), cancellationToken);

    protected Task<ProviderPayment?> FindAsync(TimeSpan? timeout = null, Uri? baseUrl = null, CancellationToken cancellationToken = default) =>
        StatusGateway(timeout).FindAsync(
            new PaymentHandle(Request.Reference, ExternalId) { Quoted = Amount, AmountToSend = Due, CreatedOnUtc = new DateTime(2026, 11, 21, 9, 0, 0, DateTimeKind.Utc) },
            Settings(baseUrl), cancellationToken);

    /// <summary>Responds to create calls as documented, or with these changes, one set of responses after the other.</summary>
    protected Func<HttpContext, Task> Creates(params Func<string, string>[] changes) => Answers.InTurn(
        [.. (changes.Length == 0 ? [answer => answer] : changes).SelectMany(change => CreatedAnswers(Request).Select(answer => Answers.Json(change(answer))))]);

    /// <summary>The exception that a call throws. It is logged, so it must not contain secrets.</summary>
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
        var gateway = Gateway(timeout);
        Assume.That(gateway, Is.InstanceOf<T>(), $"{SystemName} is no {typeof(T).Name}");
        return (T)gateway;
    }

    private static string WithUnknownFields(string json) => Changed(json, node =>
    {
        if (node is JsonObject fields)
            fields["a_field_of_tomorrow"] = new JsonObject { ["list"] = new JsonArray(1, "two", null) };
        return node;
    });

    private static string WithNumbersAsText(string json) => Changed(json, node =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? JsonValue.Create(value.ToJsonString()) : node);

    /// <summary>The JSON with <paramref name="change"/> applied to every node, leaves first.</summary>
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
