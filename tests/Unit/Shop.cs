using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Domain.Stores;
using Nop.Core.Events;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Security;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A store with one order that waits for 100 USDT, and what happens in it when its payment is synchronized.
/// </summary>
public sealed class Shop
{
    private readonly Mock<IOrderService> _orderService = new();
    private readonly Mock<IOrderProcessingService> _processing = new();

    /// <param name="gateway">The order's; by default one that can neither capture nor void nor refund.</param>
    /// <param name="currency">Of the store's prices.</param>
    public Shop(TalkativeGateway? gateway = null, StoreCurrency? currency = null)
    {
        Gateway = gateway ?? new TalkativeGateway();
        Market = new Market(time: Time);
        RateLimiter = new ProviderRateLimiter(Time);
        Orders.Insert(new Order
        {
            PaymentMethodSystemName = CryptoGatewaysDefaults.SystemName, OrderTotal = 92m, CustomerLanguageId = 2, StoreId = 1, PaymentStatusId = (int)PaymentStatus.Pending,
            OrderStatusId = (int)OrderStatus.Pending, ShippingStatusId = (int)ShippingStatus.NotYetShipped
        });
        Payments.Insert(Attempt(1));
        Products.Insert(new Product { Published = true, ManageInventoryMethod = ManageInventoryMethod.ManageStock, StockQuantity = 5 });

        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>())).ReturnsAsync(Settings);
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>(), It.IsAny<int>(), It.IsAny<bool>(), It.IsAny<string>(), It.IsAny<bool>()))
            .ReturnsAsync((string key, int _, bool _, string _, bool _) => Text(key[(key.LastIndexOf('.') + 1)..]) + " {0} {1} {2}");
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string key) => Text(key[(key.LastIndexOf('.') + 1)..]) + " {0}");
        _orderService.Setup(service => service.InsertOrderNoteAsync(It.IsAny<OrderNote>())).Returns((OrderNote note) => Task.Run(() => Notes.Add(note)));
        _orderService.Setup(service => service.GetOrderNotesByOrderIdAsync(It.IsAny<int>(), It.IsAny<bool?>())).ReturnsAsync(() => [.. Notes]);
        _orderService.Setup(service => service.GetOrderItemsAsync(1, It.IsAny<bool?>(), It.IsAny<bool?>(), It.IsAny<int>()))
            .ReturnsAsync([new OrderItem { OrderId = 1, ProductId = 1, Quantity = 2 }]);
        _orderService.Setup(service => service.UpdateOrderAsync(It.IsAny<Order>())).Returns((Order order) => Orders.Repository.UpdateAsync(order));
        _processing.Setup(service => service.CanMarkOrderAsPaid(It.IsAny<Order>())).Returns((Order order) => order.PaymentStatusId is (int)PaymentStatus.Pending or (int)PaymentStatus.Authorized);
        _processing.Setup(service => service.CanRefundOffline(It.IsAny<Order>())).Returns(() => CanBeRefunded);
        _processing.Setup(service => service.RefundOfflineAsync(It.IsAny<Order>())).Returns((Order _) => Task.Run(() => Orders.Change(row => row.RefundedAmount = row.OrderTotal)));
        _processing.Setup(service => service.CanCancelOrder(It.IsAny<Order>())).Returns(true);
        _processing.Setup(service => service.CancelOrderAsync(It.IsAny<Order>(), true)).Returns((Order _, bool _) =>
            Task.Run(() => Orders.Change(row => row.OrderStatusId = (int)OrderStatus.Cancelled)));
        _processing.Setup(service => service.CanMarkOrderAsAuthorized(It.IsAny<Order>())).Returns((Order order) => order.PaymentStatusId == (int)PaymentStatus.Pending);
        _processing.Setup(service => service.MarkAsAuthorizedAsync(It.IsAny<Order>())).Returns((Order order) =>
        {
            order.PaymentStatus = PaymentStatus.Authorized;
            return Orders.Repository.UpdateAsync(order);
        });
        _processing.Setup(service => service.MarkOrderAsPaidAsync(It.IsAny<Order>())).Returns(MarkAsync);

        var log = Mock.Of<ILogger>();
        var store = new GatewaySettingsStore(settings.Object, new SecretProtector(Mock.Of<IEncryptionService>()));
        var leases = new OrderLock(Leases.Repository, Time);
        var registry = new GatewayRegistry([Gateway]);
        var timeline = EventService = new PaymentEventService(Events.Repository, Time);
        var attempts = new AttemptStore(Payments.Repository, leases, timeline, Registered.Telemetry, Time);
        var sender = Sender();
        var notes = new OrderNotes(_orderService.Object, texts.Object, new LocalizationSettings(), new AdminNotifications(sender, log), new AdminAlerts(Alerts.Repository, Time), log);
        var stock = Stock();
        var parser = Mock.Of<IProductAttributeParser>(parser => parser.ParseProductAttributeValuesAsync(It.IsAny<string>(), It.IsAny<int>()) == Task.FromResult<IList<ProductAttributeValue>>(new List<ProductAttributeValue>()));
        var reopening = new OrderReopening(new ReopeningCheck(_orderService.Object, stock, parser), timeline, notes, _orderService.Object, stock, texts.Object);
        var prices = (currency ?? new StoreCurrency()).Prices;
        var orders = Reader = new OrderReader(Orders.Repository, attempts, prices);
        var factsReader = new PaymentFactsReader(orders, attempts, reopening, settings.Object, Market.Converter, Time);
        var pages = new PayPageLinks(Payments.Repository, settings.Object, new SecretProtector(Mock.Of<IEncryptionService>()), Mock.Of<IHttpContextAccessor>());
        var addresses = new StoreUrls(Mock.Of<IStoreContext>(), Stores(), pages, Mock.Of<IHttpContextAccessor>());
        var requests = new PaymentRequestFactory(_orderService.Object, Mock.Of<IAddressService>(), Mock.Of<ILanguageService>(), texts.Object, prices, addresses);
        var mails = Mailing(settings.Object, sender, orders, attempts, registry, new PaymentLinks(attempts, addresses), log);
        PendingNotifications = new PendingNotifications(timeline, mails, leases, attempts);
        var settlement = new OrderSettlement(_processing.Object, timeline, leases, reopening, notes, mails);
        var amounts = new AmountPlausibility(Market.Converter, settings.Object);
        Synchronizer = new PaymentSynchronizer(attempts, timeline, leases, new ProviderLookup(registry, store, RateLimiter, amounts, new ThrottledLog(new LogThrottle(Time), log), Time), factsReader, settlement);
        Manual = new ManualSettlement(attempts, timeline, leases, factsReader, settlement);
        Starter = new PaymentInitiator(attempts, leases, Synchronizer, orders, new PaymentCreator(registry, store, requests, amounts, Registered.Telemetry, new ThrottledLog(new LogThrottle(Time), log)),
            pages);
        var caller = new OperationCaller(registry, store, requests, amounts, log);
        Operations = new PaymentOperations(attempts, orders, leases, caller, timeline, Time);
        Surplus = new SurplusRefunds(attempts, timeline, leases, orders, caller, notes);
        Completion = new OperationCompletion(attempts, timeline, leases, settlement);
        Payouts = new Payouts(timeline, leases, attempts, caller, orders, _processing.Object);
        Method = new CryptoGatewaysPaymentMethod(null!, null!, Operations, null!, Registered.Texts(texts.Object), null!);
    }

    public CryptoGatewaysSettings Settings { get; } = new();
    public ProviderRateLimiter RateLimiter { get; }
    public Rows<Order> Orders { get; } = new();
    public OrderReader Reader { get; }
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

    public PaymentEventService EventService { get; }

    /// <summary>Stores that an e-mail is to be sent, as a check does before it commits its decision.</summary>
    public async Task EnqueueAsync(CryptoPayment payment, Notification mail) =>
        await EventService.EnqueueNotificationAsync(payment, mail, new OrderSnapshot([payment], await EventService.OfPaymentsAsync([payment])));

    /// <summary>What the pay page shows.</summary>
    public PaymentSummaryReader Summaries { get; private set; } = null!;

    public AttemptGateways AttemptGateways { get; private set; } = null!;

    /// <summary>What the schedule task sends.</summary>
    public PendingNotifications PendingNotifications { get; }

    public ManualTime Time { get; } = new();

    /// <summary>The store's exchange rates and coin prices.</summary>
    public Market Market { get; }

    public TalkativeGateway Gateway { get; }
    public PaymentOperations Operations { get; }
    public SurplusRefunds Surplus { get; }
    public OperationCompletion Completion { get; }
    public Payouts Payouts { get; }
    public CryptoGatewaysPaymentMethod Method { get; }
    public PaymentSynchronizer Synchronizer { get; }
    public ManualSettlement Manual { get; }
    public PaymentInitiator Starter { get; }

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

    private IProductService Stock()
    {
        var service = new Mock<IProductService>();
        service.Setup(products => products.GetProductByIdAsync(It.IsAny<int>())).Returns((int id) => Products.Repository.GetByIdAsync(id));
        service.Setup(products => products.GetTotalStockQuantityAsync(It.IsAny<Product>(), true, 0)).ReturnsAsync((Product product, bool _, int _) => product.StockQuantity);
        service.Setup(products => products.AdjustInventoryAsync(It.IsAny<Product>(), It.IsAny<int>(), It.IsAny<string>(), It.IsAny<string>())).Returns((Product product, int change, string _, string _) =>
        {
            if (Crash == Crash.BeforeTheStock)
                throw new InvalidOperationException("killed");
            Products.Change(row => row.StockQuantity += change);
            return Crash == Crash.AfterTheStock ? throw new InvalidOperationException("killed") : Task.CompletedTask;
        });
        return service.Object;
    }

    /// <summary>Message templates, all of them switched on but for <see cref="SwitchedOff"/>, and the queue.</summary>
    public NotificationSender Sender()
    {
        var templates = new Mock<IMessageTemplateService>();
        templates.Setup(service => service.GetMessageTemplatesByNameAsync(It.IsAny<string>(), It.IsAny<int?>()))
            .ReturnsAsync((string name, int? _) => [new MessageTemplate { Name = name, IsActive = !SwitchedOff.Contains(name) }]);
        var accounts = new Mock<IEmailAccountService>();
        accounts.Setup(service => service.GetEmailAccountByIdAsync(It.IsAny<int>())).ReturnsAsync(new EmailAccount { Email = "owner@example.com" });
        var messages = new Mock<IWorkflowMessageService>();
        messages.Setup(service => service.SendNotificationAsync(It.IsAny<MessageTemplate>(), It.IsAny<EmailAccount>(), It.IsAny<int>(), It.IsAny<IList<Token>>(),
                It.IsAny<string>(), It.IsAny<string>(), null!, null!, null!, null!, null!, null!, null!, false))
            .ReturnsAsync((MessageTemplate template, EmailAccount _, int language, IList<Token> tokens, string to, string name, string _, string _, string _, string _, string _, string _, string _, bool _) =>
            {
                if (QueueFails)
                    throw new InvalidOperationException("no subject");
                if (to == "owner@example.com")
                    Mails.Add((string)tokens[0].Value);
                else
                    ShopperNotifications.Add(new SentMail(template.Name, $"{name} <{to}>", language, tokens.ToDictionary(token => token.Key, token => $"{token.Value}")));
                return Mails.Count;
            });
        return new NotificationSender(templates.Object, new NotificationAccounts(accounts.Object, Mock.Of<ILocalizationService>(), new EmailAccountSettings()),
            Mock.Of<IMessageTokenProvider>(), messages.Object, Stores(), Mock.Of<IEventPublisher>());
    }

    private ShopperNotifications Mailing(ISettingService settings, NotificationSender sender, OrderReader orders, AttemptStore attempts, GatewayRegistry registry, PaymentLinks links, ILogger log)
    {
        var addresses = new Mock<IAddressService>();
        addresses.Setup(service => service.GetAddressByIdAsync(It.IsAny<int>())).ReturnsAsync(() => Address);
        var languages = new Mock<ILanguageService>();
        languages.Setup(service => service.GetLanguageByIdAsync(2)).ReturnsAsync(() => Language);
        languages.Setup(service => service.GetAllLanguagesAsync(It.IsAny<bool>(), It.IsAny<int>())).ReturnsAsync([new Language { Id = 1, LanguageCulture = "en-US", Published = true }]);
        var gateways = new AttemptGateways(registry, new GatewaySettingsStore(settings, new SecretProtector(Mock.Of<IEncryptionService>())), new ProviderRateLimiter(Time));
        (AttemptGateways, Summaries) = (gateways, new PaymentSummaryReader(attempts, orders, gateways, Time));
        return new ShopperNotifications(EventService, Summaries, new NotificationRecipients(addresses.Object, languages.Object), links, sender, log);
    }

    private IStoreService Stores()
    {
        var stores = new Mock<IStoreService>();
        stores.Setup(service => service.GetStoreByIdAsync(It.IsAny<int>())).ReturnsAsync((int id) => new Store { Url = StoreUrl ?? $"https://shop{id}.example" });
        stores.Setup(service => service.GetAllStoresAsync()).ReturnsAsync([new Store()]);
        return stores.Object;
    }

    private Task MarkAsync(Order order)
    {
        Marks++;
        if (Crash == Crash.BeforeTheOrderIsSaved)
            throw new InvalidOperationException("killed");

        Orders.Change(row => row.PaymentStatusId = (int)PaymentStatus.Paid);
        if (Crash == Crash.BeforeTheEvent)
            throw new InvalidOperationException("killed");
        return Task.CompletedTask;
    }
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

/// <summary>
/// A clock that a test sets. Time that passes and a wall clock that somebody sets are two things: see <see cref="Jump"/>.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private static readonly DateTime _start = new(2026, 2, 6, 10, 30, 0, DateTimeKind.Utc);

    private TimeSpan _jumped;

    /// <summary>The wall clock. What is added to it is time that passes.</summary>
    public DateTime Now { get; set; } = _start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Sets the wall clock, as an administrator or a time server does: no time passes.</summary>
    public void Jump(TimeSpan by)
    {
        Now += by;
        _jumped += by;
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => (Now - _jumped - _start).Ticks;
}

/// <summary>
/// A gateway whose provider says what a test makes it say.
/// </summary>
public class TalkativeGateway : IStatusGateway
{
    /// <summary>What is said; an exception is thrown.</summary>
    public Func<ProviderPayment?> Answer { get; set; } = () => Facts.Answer(ProviderStatus.Waiting);

    /// <summary>What is said of one payment instead, by its reference.</summary>
    public Dictionary<string, ProviderPayment> AnswersTo { get; } = [];

    /// <summary>Reference of a payment about which no answer comes.</summary>
    public string? FailsFor { get; set; }

    public int Questions { get; private set; }

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = "talkative",
        Name = "Talkative",
        Coins = [new CoinDescriptor("USDT", "Tether", 5m, "USD") { Addresses = AddressFormat.Tron }, new CoinDescriptor("USDC", "USD Coin", 5m, "USD")],
        Fields = [new SettingField("BaseUrl", SettingKind.Url) { Default = "https://pay.example" }],
        RedirectHosts = [],
        BaseUrlField = "BaseUrl",
        CoinsField = ""
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.UsDollar;

    public bool? IsTest(GatewaySettings settings) => true;

    /// <summary>The id that the next payment gets.</summary>
    public string NextId { get; set; } = "id2";

    public Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        Task.FromResult(new CreatedPayment(NextId, new Uri("https://pay.example/page"), "new") { PayTo = PayTo });

    /// <summary>Where the next payment's wallet has to send; null when it has the provider's page only.</summary>
    public PayTo? PayTo { get; set; }

    /// <summary>What is said of "ref" and "id" is said of the payment that is asked about.</summary>
    public Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        Questions++;
        if (payment.Reference == FailsFor)
            throw new GatewayException(GatewayFault.Timeout, "no answer in time");
        var answer = AnswersTo.TryGetValue(payment.Reference, out var own) ? own : Answer();
        if (answer?.Reference == "ref")
            answer = answer with { Reference = payment.Reference };
        if (answer?.ExternalId == "id")
            answer = answer with { ExternalId = payment.ExternalId };
        return Task.FromResult(answer);
    }
}
