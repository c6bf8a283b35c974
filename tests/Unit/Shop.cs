using Moq;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Domain.Stores;
using Nop.Core.Events;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services;
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
    private readonly PaidClaims _claims;

    /// <param name="gateway">The order's; by default one that can neither capture nor void nor refund.</param>
    public Shop(TalkativeGateway? gateway = null)
    {
        Gateway = gateway ?? new TalkativeGateway();
        Orders.Insert(new Order { PaymentMethodSystemName = CryptoGatewaysDefaults.SystemName, OrderTotal = 92m, PaymentStatusId = (int)PaymentStatus.Pending, OrderStatusId = (int)OrderStatus.Pending, ShippingStatusId = (int)ShippingStatus.NotYetShipped });
        Payments.Insert(Attempt(1));
        Products.Insert(new Product { Published = true, ManageInventoryMethod = ManageInventoryMethod.ManageStock, StockQuantity = 5 });

        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>())).ReturnsAsync(Settings);
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>(), It.IsAny<int>(), It.IsAny<bool>(), It.IsAny<string>(), It.IsAny<bool>()))
            .ReturnsAsync((string key, int _, bool _, string _, bool _) => key[(key.LastIndexOf('.') + 1)..] + " {0} {1} {2}");
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string key) => key[(key.LastIndexOf('.') + 1)..] + " {0}");
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
        _claims = new PaidClaims(Events.Repository, Time);
        var leases = new OrderLeases(Leases.Repository, Time);
        var registry = new GatewayRegistry([Gateway]);
        var attempts = new AttemptReader(Payments.Repository);
        var timeline = new PaymentTimeline(Events.Repository, Time);
        var notes = new PaymentNotes(_orderService.Object, texts.Object, new LocalizationSettings(), Notifier(), log);
        var stock = Stock();
        var parser = Mock.Of<IProductAttributeParser>(parser => parser.ParseProductAttributeValuesAsync(It.IsAny<string>(), It.IsAny<int>()) == Task.FromResult<IList<ProductAttributeValue>>(new List<ProductAttributeValue>()));
        var revival = new OrderRevival(new RevivalCheck(_orderService.Object, stock, parser), timeline, notes, _orderService.Object, stock, texts.Object);
        var factsReader = new PaymentFactsReader(Orders.Repository, attempts, _claims, revival, settings.Object, Time);
        var webHelper = Mock.Of<IWebHelper>(helper => helper.GetStoreLocation(It.IsAny<bool?>()) == "https://shop.example/");
        var requests = new PaymentRequestFactory(_orderService.Object, Mock.Of<IAddressService>(), Mock.Of<ILanguageService>(), texts.Object,
            webHelper);
        var writer = new AttemptWriter(Payments.Repository, timeline, Registered.Telemetry, Time);
        Synchronizer = new PaymentSynchronizer(writer, timeline, leases, new ProviderLookup(registry, store, log), factsReader,
            new OrderSettlement(_processing.Object, _claims, revival, notes));
        Starter = new PaymentStarter(Payments.Repository, leases, Synchronizer, factsReader, new GatewayCaller(registry, store, requests, Registered.Telemetry, log),
            new PayPages(Payments.Repository, settings.Object, new SecretProtector(Mock.Of<IEncryptionService>()), webHelper), Time);
        Operations = new PaymentOperations(writer, attempts, factsReader, leases,
            new GatewayCaller(registry, store, requests, Registered.Telemetry, log), timeline, _claims, Time);
        Payouts = new Payouts(Events.Repository, leases, attempts, null!, factsReader, _processing.Object, Time);
        Method = new CryptoGatewaysPaymentMethod(null!, null!, Operations, registry, null!, texts.Object, null!, null!);
    }

    public CryptoGatewaysSettings Settings { get; } = new();
    public Rows<Order> Orders { get; } = new();
    /// <summary>The order holds two pieces of one, of which there are five.</summary>
    public Rows<Product> Products { get; } = new();

    public Rows<CryptoPayment> Payments { get; } = new(payment => payment.Reference, payment => (payment.Gateway, payment.ExternalId));
    public Rows<PaymentEvent> Events { get; } = new(row => row.EventKey);
    public Rows<Lease> Leases { get; } = new(lease => lease.Resource);
    public List<OrderNote> Notes { get; } = [];

    /// <summary>What the owner was told by mail.</summary>
    public List<string> Mails { get; } = [];

    public ManualTime Time { get; } = new();
    public TalkativeGateway Gateway { get; }
    public PaymentOperations Operations { get; }
    public Payouts Payouts { get; }
    public CryptoGatewaysPaymentMethod Method { get; }
    public PaymentSynchronizer Synchronizer { get; }
    public PaymentStarter Starter { get; }

    /// <summary>The platform lets the order be refunded offline.</summary>
    public bool CanBeRefunded { get; set; } = true;

    /// <summary>How often the platform was told to mark the order as paid.</summary>
    public int Marks { get; private set; }

    /// <summary>Where the process dies while the order is worked on.</summary>
    public Crash Crash { get; set; }

    public CryptoPayment Attempt(int number) => new()
    {
        OrderId = 1,
        Attempt = number,
        Gateway = "talkative",
        Reference = number == 1 ? "ref" : $"ref{number}",
        ExternalId = number == 1 ? "id" : $"id{number}",
        PriceAmount = 92m,
        PriceCurrency = "EUR",
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

    private AdminNotifier Notifier()
    {
        var templates = new Mock<IMessageTemplateService>();
        templates.Setup(service => service.GetMessageTemplatesByNameAsync(Mail.Attention.Template, It.IsAny<int?>()))
            .ReturnsAsync([new MessageTemplate { IsActive = true }]);
        var accounts = new Mock<IEmailAccountService>();
        accounts.Setup(service => service.GetEmailAccountByIdAsync(It.IsAny<int>())).ReturnsAsync(new EmailAccount { Email = "owner@example.com" });
        var stores = new Mock<IStoreService>();
        stores.Setup(service => service.GetStoreByIdAsync(It.IsAny<int>())).ReturnsAsync(new Store());
        var messages = new Mock<IWorkflowMessageService>();
        messages.SetReturnsDefault(Task.FromResult(1));
        messages.Setup(service => service.SendNotificationAsync(It.IsAny<MessageTemplate>(), It.IsAny<EmailAccount>(), It.IsAny<int>(), It.IsAny<IList<Token>>(),
                "owner@example.com", null!, null!, null!, null!, null!, null!, null!, null!, false))
            .ReturnsAsync((MessageTemplate _, EmailAccount _, int _, IList<Token> tokens, string _, string _, string _, string _, string _, string _, string _, string _, string _, bool _) =>
            {
                Mails.Add((string)tokens[0].Value);
                return Mails.Count;
            });
        var sender = new MailSender(templates.Object, new MailAccounts(accounts.Object, Mock.Of<ILocalizationService>(), new EmailAccountSettings()), Mock.Of<IMessageTokenProvider>(),
            messages.Object, stores.Object, Mock.Of<IEventPublisher>());
        return new AdminNotifier(sender);
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

public enum Crash
{
    None,
    BeforeTheStock,
    AfterTheStock,
    BeforeTheOrderIsSaved,
    BeforeTheEvent
}

/// <summary>
/// A clock that a test sets.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    public DateTime Now { get; set; } = new(2026, 2, 6, 10, 30, 0, DateTimeKind.Utc);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>
/// A gateway whose provider says what a test makes it say.
/// </summary>
public class TalkativeGateway : IStatusGateway
{
    /// <summary>What is said; an exception is thrown.</summary>
    public Func<ProviderPayment?> Answer { get; set; } = () => Facts.Answer(ProviderStatus.Waiting);

    public int Questions { get; private set; }

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = "talkative",
        Name = "Talkative",
        Coins = [new CoinDescriptor("USDT", "Tether", 5m, "USD")],
        Fields = [new SettingField("BaseUrl", SettingKind.Url) { Default = "https://pay.example" }],
        PageHosts = [],
        BaseUrlField = "BaseUrl",
        CoinsField = ""
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.UsDollar;

    public bool? IsTest(GatewaySettings settings) => true;

    /// <summary>The id that the next payment gets.</summary>
    public string NextId { get; set; } = "id2";

    public Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        Task.FromResult(new CreatedPayment(NextId, new Uri("https://pay.example/page"), "new"));

    /// <summary>What is said of "ref" and "id" is said of the payment that is asked about.</summary>
    public Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        Questions++;
        var answer = Answer();
        if (answer?.Reference == "ref")
            answer = answer with { Reference = payment.Reference };
        if (answer?.ExternalId == "id")
            answer = answer with { ExternalId = payment.ExternalId };
        return Task.FromResult(answer);
    }
}
