using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A store with one order that waits for 100 USDT, and what happens in it when its payment is synchronized. The plugin's services are
/// those of <see cref="PluginServices"/>.
/// </summary>
public sealed partial class Shop
{
    private readonly ServiceProvider _services;

    /// <param name="gateway">The order's; by default one that can neither capture nor void nor refund.</param>
    /// <param name="currency">Of the store's prices.</param>
    public Shop(TalkativeGateway? gateway = null, StoreCurrency? currency = null)
    {
        Gateway = gateway ?? new TalkativeGateway();
        Market = new Market(time: Time);
        Orders.Insert(new Order
        {
            PaymentMethodSystemName = CryptoGatewaysDefaults.SystemName, OrderTotal = 92m, CustomerLanguageId = 2, StoreId = 1, PaymentStatusId = (int)PaymentStatus.Pending,
            OrderStatusId = (int)OrderStatus.Pending, ShippingStatusId = (int)ShippingStatus.NotYetShipped
        });
        Payments.Insert(Attempt(1));
        Products.Insert(new Product { Published = true, ManageInventoryMethod = ManageInventoryMethod.ManageStock, StockQuantity = 5 });

        var services = PluginServices.Create(Time, Gateway);
        AddPlatform(services);
        services.AddSingleton(Payments.Repository).AddSingleton(Events.Repository).AddSingleton(Leases.Repository).AddSingleton(Alerts.Repository);
        services.AddSingleton(Market.Prices).AddSingleton(Market.Converter).AddSingleton((currency ?? new StoreCurrency()).Prices);
        _services = services.BuildServiceProvider();
        Method = ActivatorUtilities.CreateInstance<CryptoGatewaysPaymentMethod>(_services);
    }

    public CryptoGatewaysSettings Settings { get; } = new();
    public Rows<Order> Orders { get; } = new();

    /// <summary>The order holds two pieces of one, of which there are five.</summary>
    public Rows<Product> Products { get; } = new();

    public Rows<CryptoPayment> Payments { get; } = new(payment => payment.Reference, payment => (payment.Gateway, payment.ExternalId));
    public Rows<PaymentEvent> Events { get; } = new(row => row.EventKey);
    public Rows<Lease> Leases { get; } = new(lease => lease.Resource);
    public Rows<AdminAlert> Alerts { get; } = new(alert => alert.AlertKey);
    public List<OrderNote> Notes { get; } = [];

    /// <summary>What the owner was told by mail.</summary>
    public List<string> Mails { get; } = [];

    /// <summary>What the shopper was told by mail.</summary>
    public List<SentMail> ShopperNotifications { get; } = [];

    /// <summary>How the owner worded a text, by the end of its key.</summary>
    public Func<string, string> Text { get; set; } = name => name;

    /// <summary>Names of the message templates that the owner switched off; the platform's own of paid orders is off in a new store.</summary>
    public HashSet<string> SwitchedOff { get; } = [MessageTemplateSystemNames.ORDER_PAID_CUSTOMER_NOTIFICATION];

    /// <summary>The URL that the owner entered for the store; null for a good one.</summary>
    public string? StoreUrl { get; set; }

    /// <summary>The platform refuses every mail to shoppers.</summary>
    public bool QueueFails { get; set; }

    /// <summary>The order's billing address.</summary>
    public Address Address { get; } = new() { FirstName = "Ada", LastName = "Byron", Email = "ada@example.com" };

    /// <summary>The order's language.</summary>
    public Language Language { get; } = new() { Id = 2, LanguageCulture = "de-DE", Published = true };

    public ManualTime Time { get; } = new();

    /// <summary>The store's exchange rates and coin prices.</summary>
    public Market Market { get; }

    public TalkativeGateway Gateway { get; }
    public CryptoGatewaysPaymentMethod Method { get; }
    public ProviderRateLimiter RateLimiter => Get<ProviderRateLimiter>();
    public OrderReader Reader => Get<OrderReader>();
    public PaymentEventService EventService => Get<PaymentEventService>();

    /// <summary>What the pay page shows.</summary>
    public PaymentSummaryReader Summaries => Get<PaymentSummaryReader>();

    public AttemptGateways AttemptGateways => Get<AttemptGateways>();

    /// <summary>What the schedule task sends.</summary>
    public PendingNotifications PendingNotifications => Get<PendingNotifications>();

    public NotificationSender Sender => Get<NotificationSender>();
    public PaymentOperations Operations => Get<PaymentOperations>();
    public SurplusRefunds Surplus => Get<SurplusRefunds>();
    public OperationCompletion Completion => Get<OperationCompletion>();
    public Payouts Payouts => Get<Payouts>();
    public PaymentSynchronizer Synchronizer => Get<PaymentSynchronizer>();
    public ManualSettlement Manual => Get<ManualSettlement>();
    public PaymentInitiator Starter => Get<PaymentInitiator>();

    /// <summary>The platform lets the order be refunded offline.</summary>
    public bool CanBeRefunded { get; set; } = true;

    /// <summary>How often the platform was told to mark the order as paid.</summary>
    public int Marks { get; private set; }

    /// <summary>Where the process dies while the order is worked on.</summary>
    public Crash Crash { get; set; }

    public CryptoPayment Attempt(int number) => new()
    {
        OrderId = 1,
        StoreId = 1,
        Attempt = number,
        Gateway = "talkative",
        Reference = number == 1 ? "ref" : $"ref{number}",
        ExternalId = number == 1 ? "id" : $"id{number}",
        PriceAmount = 92m,
        PriceCurrency = "EUR",
        Coin = "USDT",
        PayAmount = 100m,
        PayCurrency = "USDT",
        Status = CryptoPaymentStatus.AwaitingPayment,
        CreatedOnUtc = Time.Now,
        NextCheckOnUtc = Time.Now
    };

    public Task<bool> SynchronizeAsync(int paymentId = 1, bool onlyIfDue = false, ProviderPayment? known = null) =>
        Synchronizer.SynchronizeAsync(paymentId, SynchronizationSource.Task, TimeSpan.Zero, onlyIfDue, CancellationToken.None, known);

    /// <summary>Stores that an e-mail is to be sent, as a check does before it commits its decision.</summary>
    public async Task EnqueueAsync(CryptoPayment payment, Notification mail) =>
        await EventService.EnqueueNotificationAsync(payment, mail, new OrderSnapshot([payment], await EventService.OfPaymentsAsync([payment])));

    private T Get<T>() where T : class => _services.GetRequiredService<T>();
}

/// <summary>
/// A mail to the shopper as it was put into the queue.
/// </summary>
public sealed record SentMail(string Template, string To, int LanguageId, IReadOnlyDictionary<string, string> Tokens);

public enum Crash
{
    None,
    BeforeTheStock,
    AfterTheStock,
    BeforeTheOrderIsSaved,
    BeforeTheEvent
}
