using Moq;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Catalog;
using Nop.Services.Orders;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Money for an order that was cancelled, for owners who want it opened again.
/// </summary>
public sealed class OrderReopeningTests
{
    private Shop _shop = null!;

    [SetUp]
    public void CancelTheOrder()
    {
        _shop = new Shop();
        _shop.Settings.ReopenCancelled = true;
        _shop.Orders.Change(order => order.OrderStatusId = (int)OrderStatus.Cancelled);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
    }

    private (int Marks, int Stock, OrderStatus Order, PaymentStatus Payment) State =>
        (_shop.Marks, _shop.Products.Single.StockQuantity, _shop.Orders.Single.OrderStatus, _shop.Orders.Single.PaymentStatus);

    private string Notes => string.Join(' ', _shop.Notes.Select(note => note.Note.Split(' ')[0]));

    [Test]
    public async Task A_cancelled_order_is_opened_again_takes_its_stock_and_is_paid_once()
    {
        for (var i = 0; i < 3; i++)
            await _shop.SynchronizeAsync();

        Assert.That(State, Is.EqualTo((1, 3, OrderStatus.Pending, PaymentStatus.Paid)));
        Assert.That((_shop.Payments.Single.Status, Notes, _shop.Mails.Count), Is.EqualTo((Paid, "Reopened Paid", 1)));
    }

    [Test]
    public async Task Without_the_owners_consent_a_person_is_told()
    {
        _shop.Settings.ReopenCancelled = false;
        await _shop.SynchronizeAsync();

        Assert.That(State, Is.EqualTo((0, 5, OrderStatus.Cancelled, PaymentStatus.Pending)));
        Assert.That((_shop.Payments.Single.Status, Notes), Is.EqualTo((PaidLate, "PaidAfterCancel")));
    }

    [Test]
    public async Task Only_one_of_two_payments_opens_the_order()
    {
        _shop.Payments.Insert(_shop.Attempt(2));
        await _shop.SynchronizeAsync(2);
        await _shop.SynchronizeAsync(1);

        Assert.That((State.Marks, State.Stock, Notes), Is.EqualTo((1, 3, "Reopened Paid PaidTwice")));
    }

    [TestCase(Crash.BeforeTheStock, 5, "ReopenedWithoutStock Paid", Description = "nobody can tell it from the next")]
    [TestCase(Crash.AfterTheStock, 3, "ReopenedWithoutStock Paid")]
    [TestCase(Crash.BeforeTheOrderIsSaved, 3, "Reopened Paid")]
    [TestCase(Crash.BeforeTheEvent, 3, "Reopened PaidEventMissing")]
    public async Task A_crash_on_the_way_takes_no_stock_twice_and_loses_no_payment(Crash crash, int stock, string notes)
    {
        _shop.Crash = crash;
        Assert.ThrowsAsync<InvalidOperationException>(() => _shop.SynchronizeAsync());
        _shop.Crash = Crash.None;
        // What the owner changes meanwhile does not stop halfway.
        _shop.Settings.ReopenCancelled = false;

        _shop.Time.Now += PaymentDecision.PaidEventGrace;
        await _shop.SynchronizeAsync();
        await _shop.SynchronizeAsync();

        Assert.That((_shop.Payments.Single.Status, State.Stock, State.Payment, Notes), Is.EqualTo((Paid, stock, PaymentStatus.Paid, notes)));
    }

    [Test]
    public async Task Who_lost_the_lease_takes_no_stock()
    {
        var looks = 0;
        _shop.Orders.OnRead = () =>
        {
            if (++looks == 2)
                _shop.Leases.Change(lease => lease.Owner = "another node");
        };

        await _shop.SynchronizeAsync();

        Assert.That(State, Is.EqualTo((0, 5, OrderStatus.Cancelled, PaymentStatus.Pending)));
    }

    /// <summary>What keeps an order from being opened again, beside an order that can be.</summary>
    private static readonly (string What, Action<Order> Order, Action<Product> Product, bool CanReopen)[] _orders =
    [
        ("as it was", _ => { }, _ => { }, true),
        ("just enough in stock", _ => { }, product => product.StockQuantity = 4, true),
        ("one too few in stock", _ => { }, product => product.StockQuantity = 3, false),
        ("backorders allowed", _ => { }, product => (product.StockQuantity, product.BackorderModeId) = (0, (int)BackorderMode.AllowQtyBelow0), true),
        ("no stock is kept", _ => { }, product => (product.StockQuantity, product.ManageInventoryMethodId) = (0, 0), true),
        ("deleted product", _ => { }, product => product.Deleted = true, false),
        ("unpublished product", _ => { }, product => product.Published = false, false),
        ("gift card bought", _ => { }, product => product.IsGiftCard = true, false),
        ("recurring product", _ => { }, product => product.IsRecurring = true, false),
        ("gift card or points used", order => order.OrderTotal -= 10m, _ => { }, false),
        ("discounts", order => (order.OrderTotal, order.OrderDiscount, order.OrderSubTotalDiscountInclTax) = (90m, 6m, 4m), _ => { }, true),
        ("shipped", order => order.ShippingStatus = ShippingStatus.Shipped, _ => { }, false)
    ];

    private static IEnumerable<string> Cases => _orders.Select(each => each.What);

    [TestCaseSource(nameof(Cases))]
    public async Task An_order_can_be_opened_again_when_money_alone_paid_it_and_its_products_can_be_had(string what)
    {
        var (_, change, changeProduct, canReopen) = _orders.Single(each => each.What == what);
        var order = new Order
        {
            Id = 1, OrderTotal = 100m, OrderSubtotalInclTax = 90m, OrderShippingInclTax = 8m, PaymentMethodAdditionalFeeInclTax = 2m, ShippingStatus = ShippingStatus.NotYetShipped
        };
        var product = new Product { Id = 7, Published = true, ManageInventoryMethodId = (int)ManageInventoryMethod.ManageStock, StockQuantity = 10 };
        change(order);
        changeProduct(product);

        // Two lines of the same product count together.
        var lines = new List<OrderItem> { new() { ProductId = 7, Quantity = 1 }, new() { ProductId = 7, Quantity = 3 } };
        Assert.That(await Check(lines, [product]).CanReopenAsync(order), Is.EqualTo(canReopen));
    }

    [Test]
    public async Task A_bundle_needs_its_parts_and_a_combination_its_own_stock()
    {
        var bundle = new Product { Id = 7, Published = true };
        var part = new Product { Id = 8, Published = true, ManageInventoryMethodId = (int)ManageInventoryMethod.ManageStock, StockQuantity = 6 };
        var shirt = new Product { Id = 9, Published = true, ManageInventoryMethodId = (int)ManageInventoryMethod.ManageStockByAttributes };

        Assert.That(await Check([new() { ProductId = 7, Quantity = 2, AttributesXml = "bundle" }], [bundle, part]).CanReopenAsync(new Order { ShippingStatusId = 10 }), Is.True);
        Assert.That(await Check([new() { ProductId = 7, Quantity = 3, AttributesXml = "bundle" }], [bundle, part]).CanReopenAsync(new Order { ShippingStatusId = 10 }), Is.False);
        Assert.That(await Check([new() { ProductId = 9, Quantity = 5, AttributesXml = "red" }], [shirt]).CanReopenAsync(new Order { ShippingStatusId = 10 }), Is.True);
        Assert.That(await Check([new() { ProductId = 9, Quantity = 6, AttributesXml = "red" }], [shirt]).CanReopenAsync(new Order { ShippingStatusId = 10 }), Is.False);
    }

    [Test]
    public async Task A_product_that_is_gone_cannot_be_delivered() =>
        Assert.That(await Check([new() { ProductId = 7, Quantity = 1 }], []).CanReopenAsync(new Order { ShippingStatusId = 10 }), Is.False);

    /// <summary>The attributes "bundle" stand for three of product 8 in each piece; of "red" there are five.</summary>
    private static ReopeningCheck Check(List<OrderItem> lines, IReadOnlyList<Product> products)
    {
        var orders = new Mock<IOrderService>();
        orders.Setup(service => service.GetOrderItemsAsync(It.IsAny<int>(), It.IsAny<bool?>(), It.IsAny<bool?>(), It.IsAny<int>())).ReturnsAsync(lines);
        var catalog = new Mock<IProductService>();
        catalog.Setup(service => service.GetProductByIdAsync(It.IsAny<int>())).ReturnsAsync((int id) => products.FirstOrDefault(product => product.Id == id)!);
        catalog.Setup(service => service.GetTotalStockQuantityAsync(It.IsAny<Product>(), true, 0)).ReturnsAsync((Product product, bool _, int _) => product.StockQuantity);
        var parser = new Mock<IProductAttributeParser>();
        parser.Setup(service => service.FindProductAttributeCombinationAsync(It.IsAny<Product>(), "red", true)).ReturnsAsync(new ProductAttributeCombination { Id = 1, StockQuantity = 5 });
        parser.Setup(service => service.ParseProductAttributeValuesAsync(It.IsAny<string>(), 0)).ReturnsAsync((string attributes, int _) => attributes != "bundle" ? [] :
            [new ProductAttributeValue { AttributeValueTypeId = (int)AttributeValueType.AssociatedToProduct, AssociatedProductId = 8, Quantity = 3 }]);
        return new ReopeningCheck(orders.Object, catalog.Object, parser.Object);
    }
}
