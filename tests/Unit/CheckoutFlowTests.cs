using Moq;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Services.Localization;

namespace CryptoGateways.Tests.Unit;

public sealed class CheckoutFlowTests
{
    [Test]
    public async Task People_read_the_choice_in_words_and_the_order_keeps_it()
    {
        var texts = Mock.Of<ILocalizationService>(service => service.GetResourceAsync(It.Is<string>(key => key.EndsWith("Order.Choice"))) == Task.FromResult("{0} via {1}")
            && service.GetResourceAsync(It.Is<string>(key => key.EndsWith("Order.Status"))) == Task.FromResult("Crypto payment"));

        var request = await CheckoutFlow.RememberAsync("coinpay24:BTC", Registered.Texts(texts));
        Assert.That(CheckoutFlow.ChoiceIn(request), Is.EqualTo("coinpay24:BTC"));
        var result = CheckoutFlow.Place(request);

        Assert.That(request.CustomValues.Select(value => (value.Name, value.Value, value.DisplayToCustomer)), Is.EqualTo(new[] { ("Crypto payment", "Bitcoin via CoinPay24", true) }));
        Assert.That(CheckoutFlow.ChoiceIn(new Order { AuthorizationTransactionCode = result.AuthorizationTransactionCode, CustomValuesXml = request.CustomValues.SerializeToXml() }), Is.EqualTo("coinpay24:BTC"));
    }

    [Test]
    public void An_order_of_an_earlier_version_keeps_its_choice() =>
        Assert.That(CheckoutFlow.ChoiceIn(new Order { CustomValuesXml = "<DictionarySerializer><item><key>CryptoGateways.Choice</key><value>coolpay:CARD</value></item></DictionarySerializer>" }), Is.EqualTo("coolpay:CARD"));

    [Test]
    public async Task Without_a_choice_nothing_is_kept()
    {
        var request = await CheckoutFlow.RememberAsync(null, Registered.Texts());

        Assert.That(CheckoutFlow.Place(request).AuthorizationTransactionCode, Is.Null);
        Assert.That(request.CustomValues, Is.Empty);
    }
}
