using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Received amounts are stored as the provider states them, without any conversion.
/// </summary>
public abstract partial class GatewayContract
{
    [Test]
    [SetCulture("de-DE")]
    public async Task What_the_provider_says_was_received_is_what_is_stored()
    {
        Assume.That(ReceivedAnswer(Request, Asked.Amount), Is.Not.Null, "the provider tells no amounts");
        var third = decimal.Round(Asked.Amount / 3, SmallestReceipt.Scale);
        foreach (var received in new[] { SmallestReceipt, third, Asked.Amount - SmallestReceipt, Asked.Amount, Asked.Amount + SmallestReceipt, Asked.Amount * 2 })
        {
            Provider.Answer = Answers.Json(ReceivedAnswer(Request, received)!);
            var payment = new CryptoPayment { Reference = Request.Reference, PayAmount = Amount.Amount, PayCurrency = Amount.Currency, PriceAmount = 1234.56m, PriceCurrency = "EUR" };

            ProviderFacts.Apply(payment, (await FindAsync())!);

            Assert.That((payment.Received, payment.Expected), Is.EqualTo((new Money(received, Asked.Currency), Asked)), received.ToString(CultureInfo.InvariantCulture));
        }
    }
}
