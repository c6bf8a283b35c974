using System.Globalization;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

public sealed class GatewayFeesTests
{
    private static readonly GatewayDescriptor _descriptor = new TalkativeGateway().Descriptor;

    [TestCase("0", "0", "37", "USD", "0")]
    [TestCase("2", "0", "37", "USD", "0.74")]
    [TestCase("2.5", "0.30", "37", "USD", "1.23", TestName = "Per cent and amount together are rounded up to the cent")]
    [TestCase("1", "0", "1010", "JPY", "11", TestName = "Or to the yen")]
    [TestCase("", "", "37", "USD", "0")]
    public void A_fee_is_of_the_total_without_it(string percent, string amount, string total, string currency, string fee) =>
        Assert.That(PaymentFees.Of(Settings(percent, amount), new Money(Decimal(total), currency)), Is.EqualTo(new Money(Decimal(fee), currency)));

    [TestCase("talkative:USDT", 0.74)]
    [TestCase("nobody:USDT", 0)]
    [TestCase("USDT", 0)]
    [TestCase(null, null)]
    public async Task A_cart_has_the_fee_of_the_gateway_that_was_chosen(string? choice, decimal? fee)
    {
        var processing = new Mock<IOrderProcessingService>();
        processing.Setup(service => service.GetProcessPaymentRequestAsync()).ReturnsAsync(choice is null ? null! : await CheckoutFlow.RememberAsync(choice, Registered.Texts()));
        var totals = new Mock<IOrderTotalCalculationService>();
        totals.Setup(service => service.GetShoppingCartTotalAsync(It.IsAny<IList<ShoppingCartItem>>(), null, false)).ReturnsAsync((37m, 0m, [], [], 0, 0m));
        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.GetSettingByKeyAsync<string?>("cryptogateways.talkative.feepercent", null, 1, true)).ReturnsAsync("2");
        var stores = new Mock<IStoreContext>();
        stores.Setup(context => context.GetCurrentStoreAsync()).ReturnsAsync(new Store { Id = 1 });
        var fees = new PaymentFees(new GatewayRegistry([new TalkativeGateway()]), new GatewaySettingsStore(settings.Object, new SecretProtector(Mock.Of<IEncryptionService>())),
            processing.Object, totals.Object, new StoreCurrency("USD").Prices, stores.Object);

        Assert.That(await fees.OfCartAsync([]), Is.EqualTo(fee));
    }

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static GatewaySettings Settings(string percent, string amount) =>
        new(_descriptor, new Dictionary<string, string> { [GatewaySettings.FeePercent] = percent, [GatewaySettings.FeeAmount] = amount });
}
