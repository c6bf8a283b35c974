using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Payments;
using Nop.Services.Security;
using Nop.Services.Stores;
using Nop.Services.Tax;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Gateways with different payment fees: free, one with 2 %, and one with 5 %; the owner states fees without the tax of 19 %.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OrderFeeTests
{
    private readonly Mock<ISettingService> _settings = new();

    [SetUp]
    public void SetFees()
    {
        _settings.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>())).ReturnsAsync(new CryptoGatewaysSettings());
        foreach (var (name, percent) in new[] { ("free", "0"), ("two", "2"), ("five", "5") })
        {
            Set(name, "enabled", GatewaySettings.FlagOn);
            Set(name, "feepercent", percent);
        }
    }

    [TestCase("free:EUR", "0", "free", Description = "switching would avoid a fee")]
    [TestCase("two:EUR", "2.38", "free two")]
    [TestCase("five:EUR", "5.95", "free two five")]
    [TestCase("two:EUR", "1", "free two", Description = "the owner raised it since: the order keeps the fee of its gateway")]
    [TestCase(null, "0", "free")]
    [TestCase(null, "2.38", "free two")]
    public async Task An_order_is_offered_through_gateways_whose_fee_it_was_placed_with(string? choice, decimal fee, string offered)
    {
        var order = Order(100m, fee, choice);

        var options = await PaymentOptions().ForOrderAsync(order);

        Assert.That(string.Join(' ', options.Select(option => option.Gateway.SystemName)), Is.EqualTo(offered));
        Assert.That(options.Select(option => (option.Price.Amount, option.Fee)), Is.All.EqualTo((100m + fee, 0m)));
    }

    /// <summary>The fee is computed from the total without it, however many decimals that has.</summary>
    [TestCase("33.3333")]
    [TestCase("33.3349")]
    [TestCase("0.5")]
    [TestCase("1234.5678")]
    public async Task The_same_fee_covers_another_gateway_whatever_the_total(decimal total)
    {
        Set("free", "feepercent", "2");
        var fee = await PaymentOptions().ForCartAsync(total, 1, 1);
        var placed = fee.First(option => option.Gateway.SystemName == "two").Fee;

        Assert.That((await PaymentOptions().ForOrderAsync(Order(total, placed, "two:EUR"))).Select(option => option.Gateway.SystemName), Is.EqualTo(new[] { "free", "two" }).AsCollection);
    }

    [Test]
    public async Task What_a_shopper_is_shown_in_the_cart_includes_the_fee_and_its_tax() =>
        Assert.That((await PaymentOptions().ForCartAsync(100m, 1, 1)).Select(option => (option.Gateway.SystemName, option.Price.Amount, option.Fee)),
            Is.EqualTo(new[] { ("free", 100m, 0m), ("two", 102.38m, 2.38m), ("five", 105.95m, 5.95m) }));

    [Test]
    public async Task When_only_higher_fees_are_left_it_can_be_said()
    {
        var order = Order(100m, 0m, "free:EUR");
        Set("free", "enabled", null);

        Assert.That((await PaymentOptions().ForOrderAsync(order), await PaymentOptions().HasHigherFeesAsync(order)), Is.EqualTo((Array.Empty<PaymentOption>(), true)));
        Assert.That(await PaymentOptions().HasHigherFeesAsync(Order(100m, 5.95m, "five:EUR")), Is.False);
    }

    private static Order Order(decimal total, decimal fee, string? choice) => new()
    {
        Id = 1, StoreId = 1, CustomerId = 1, OrderTotal = total + fee, PaymentMethodAdditionalFeeInclTax = fee, AuthorizationTransactionCode = choice
    };

    private void Set(string gateway, string setting, string? value) =>
        _settings.Setup(service => service.GetSettingByKeyAsync<string?>($"cryptogateways.{gateway}.{setting}", null, 1, true)).ReturnsAsync(value);

    private PaymentOptionService PaymentOptions()
    {
        var secrets = new SecretProtector(Mock.Of<IEncryptionService>());
        var attempts = new Rows<CryptoPayment>();
        var stores = Mock.Of<IStoreService>(service => service.GetStoreByIdAsync(1) == Task.FromResult(new Store { Url = "https://shop.example" }));
        var pages = new PayPageLinks(attempts.Repository, _settings.Object, secrets, Mock.Of<IHttpContextAccessor>());
        var taxes = new Mock<ITaxService>();
        taxes.Setup(service => service.GetPaymentMethodAdditionalFeeAsync(It.IsAny<decimal>(), true, It.IsAny<Customer>()))
            .ReturnsAsync((decimal price, bool _, Customer _) => (price * 1.19m, 19m));
        return new PaymentOptionService(
            new EnabledGateways(new GatewayRegistry([new FeeGateway("free"), new FeeGateway("two"), new FeeGateway("five")]), new GatewaySettingsStore(_settings.Object, secrets)),
            new StoreUrls(Mock.Of<IStoreContext>(), stores, pages, Mock.Of<IHttpContextAccessor>()), new Market().Converter,
            new OrderReader(new Rows<Order>().Repository, new AttemptStore(attempts.Repository, null!, null!, null!, null!), new StoreCurrency().Prices),
            new PaymentFeeTax(taxes.Object, Mock.Of<ICustomerService>()), _settings.Object);
    }

    private sealed class FeeGateway(string name) : IPaymentGateway
    {
        public GatewayDescriptor Descriptor { get; } = new()
        {
            SystemName = name,
            Name = name,
            Coins = [new("EUR", "Card", 0m) { IsMethod = true }],
            Fields = [new SettingField("Coins", SettingKind.Choices) { Default = "EUR" }],
            RedirectHosts = [],
            BaseUrlField = "",
            CoinsField = "Coins"
        };

        public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.StoreCurrency;

        public bool? IsTest(GatewaySettings settings) => null;

        public Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
