using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Configuration;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Controllers;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// The whole plugin, as it registers itself, around one order and a provider; the ways in are those of a store.
/// </summary>
public sealed class World
{
    public const decimal Total = 12.5m;

    private readonly ServiceProvider _services;
    private int _events;

    /// <param name="seed">Of all that is random.</param>
    /// <param name="unique">The database refuses rows that its unique indexes forbid.</param>
    public World(int seed, bool unique)
    {
        var random = new Random(seed);
        Steps = new Steps(random);
        Provider = new StepGateway(Steps, random);
        Orders = new Table<Order>(Steps);
        Notes = new Table<OrderNote>(Steps);
        Payments = new Table<CryptoPayment>(Steps, row => row.Reference, row => (row.OrderId, row.Attempt), row => (row.Gateway, row.ExternalId));
        Events = new Table<PaymentEvent>(Steps, row => unique ? row.EventKey : row.Id);
        Leases = new Table<Lease>(Steps, row => unique ? row.Resource : row.Id);
        Platform = new StepPlatform(Orders, Notes, Steps, () => Get<PaymentEventService>());
        Orders.Insert(new Order
        {
            OrderTotal = Total, PaymentStatus = PaymentStatus.Pending, OrderStatus = OrderStatus.Pending, StoreId = 1, CustomerId = 1, CustomOrderNumber = "1",
            PaymentMethodSystemName = CryptoGatewaysDefaults.SystemName
        });

        var services = PluginServices.Create(Steps, Provider);
        services.AddSingleton(new Table<AdminAlert>(Steps, row => unique ? row.AlertKey : row.Id).Repository).AddSingleton(new Table<GatewayHealth>(Steps, row => unique ? row.Gateway : row.Id).Repository);
        services.AddSingleton(new Table<SelfTestTicket>(Steps).Repository);
        services.AddSingleton(Fake.Of<IRepository<CoinPrice>>(("GetAllAsync", args => Task.FromResult<IList<CoinPrice>>(
            [.. ((Func<IQueryable<CoinPrice>, IQueryable<CoinPrice>>)args[0]!)(new[] { new CoinPrice { Coin = "USDC", Currency = "USD", Price = Price, AsOfUtc = Steps.GetUtcNow().UtcDateTime } }.AsQueryable())]))));
        services.AddSingleton(Orders.Repository).AddSingleton(Payments.Repository).AddSingleton(Events.Repository).AddSingleton(Leases.Repository);
        services.AddSingleton(Platform.Orders).AddSingleton(Platform.Processing).AddSingleton(Settings()).AddSingleton(Texts());
        services.AddSingleton(Fake.Of<IStoreService>(("GetStoreByIdAsync", _ => Task.FromResult(new Store { Url = "https://shop.example/" }))));
        services.AddSingleton(new StoreCurrency("USD").Prices);
        _services = services.BuildServiceProvider();
    }

    public Steps Steps { get; }
    public StepGateway Provider { get; }
    public StepPlatform Platform { get; }
    public Table<Order> Orders { get; }
    public Table<OrderNote> Notes { get; }
    public Table<CryptoPayment> Payments { get; }
    public Table<PaymentEvent> Events { get; }
    public Table<Lease> Leases { get; }

    /// <summary>What the second coin costs now; its quotes end after 20 minutes.</summary>
    public decimal Price { get; set; } = 1m;

    /// <summary>The highest price of all.</summary>
    public decimal HighestPrice { get; private set; } = 1m;

    public void SetPrice(decimal price)
    {
        Steps.Trace.Add($"the coin costs {price}");
        (Price, HighestPrice) = (price, Math.Max(price, HighestPrice));
    }

    /// <summary>The shopper places the order, or tries again, with a coin; after a short payment for the rest.</summary>
    public Task PayWithAsync(int coin)
    {
        var descriptor = Provider.Descriptor.Coins[coin];
        var owed = Total - OutstandingBalance.TotalValueOf(Payments.All, "USD");
        return owed <= 0 ? Task.CompletedTask
            : Get<PaymentInitiator>().StartAsync(1, new PaymentOption(Provider.Descriptor, descriptor, new Money(owed, "USD"), new Money(owed, descriptor.Code))
            {
                QuoteLifetime = coin == 0 ? null : TimeSpan.FromMinutes(20)
            });
    }

    /// <summary>The provider calls; a way of its own to make the same event come twice is <paramref name="eventId"/>.</summary>
    public async Task WebhookAsync(string reference, string eventId)
    {
        var controller = ActivatorUtilities.CreateInstance<CryptoWebhookController>(_services);
        controller.ControllerContext = new ControllerContext { HttpContext = new DefaultHttpContext(), RouteData = new RouteData { Values = { ["gateway"] = "steps" } } };
        controller.Request.Body = new MemoryStream(StepGateway.Webhook(reference, eventId));
        await controller.Receive();
    }

    public string NewEvent() => $"event{++_events}";

    /// <summary>The shopper comes back, or somebody asks how the payment stands.</summary>
    public async Task ReturnAsync(string reference)
    {
        if (await Get<AttemptStore>().FindByReferenceAsync(reference) is { } payment)
            await Get<PaymentSynchronizer>().SynchronizeAsync(payment.Id, SynchronizationSource.Return, TimeSpan.FromSeconds(10), onlyIfDue: true, CancellationToken.None);
    }

    /// <summary>A run of the schedule task, one payment after the other: several at once would take threads, and no seed decides about these.</summary>
    public async Task TaskAsync()
    {
        await foreach (var id in Get<DuePayments>().ListAsync("steps"))
        {
            try
            {
                await Get<PaymentSynchronizer>().SynchronizeAsync(id, SynchronizationSource.Task, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);
            }
            catch (InvalidOperationException)
            {
                // The database refused something: as in the task, the next payment's turn.
            }
        }
    }

    /// <summary>The administrator cancels the order as the page shows it, which may be old.</summary>
    public async Task CancelAsync()
    {
        var order = await Orders.Repository.GetByIdAsync(1);
        if (Platform.Processing.CanCancelOrder(order) && order.PaymentStatus == PaymentStatus.Pending)
            await Platform.Processing.CancelOrderAsync(order, notifyCustomer: false);
    }

    private T Get<T>() where T : class => _services.GetRequiredService<T>();

    private static ISettingService Settings() => Fake.Of<ISettingService>(
        ("LoadSettingAsync", _ => Task.FromResult(new CryptoGatewaysSettings())),
        ("GetSettingByKeyAsync", _ => Task.FromResult<string?>(null)));

    private static ILocalizationService Texts() => Fake.Of<ILocalizationService>(
        ("GetResourceAsync", args => Task.FromResult($"{((string)args[0]!)[(((string)args[0]!).LastIndexOf('.') + 1)..]} {{0}}")));
}
