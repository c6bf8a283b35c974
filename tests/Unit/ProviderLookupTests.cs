using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

public sealed class ProviderLookupTests
{
    [Test]
    public async Task An_unknown_word_is_logged_once()
    {
        var log = new Mock<ILogger>();
        var gateway = new TalkativeGateway { Answer = () => Facts.Answer(ProviderStatus.Unknown) with { StatusText = new string('x', 100) + "<" } };
        var lookup = new ProviderLookup(new GatewayRegistry([gateway]), new GatewaySettingsStore(Mock.Of<ISettingService>(), new SecretProtector(Mock.Of<IEncryptionService>())), new ProviderRateLimiter(TimeProvider.System),
            new AmountPlausibility(new Market().Converter, Mock.Of<ISettingService>()), new ThrottledLog(new LogThrottle(TimeProvider.System), log.Object), TimeProvider.System);
        var payment = new CryptoPayment { Gateway = "talkative", Reference = "ref", OrderId = 7 };

        for (var look = 0; look < 3; look++)
        {
            var (found, provider) = await lookup.LookUpAsync(payment, SynchronizationSource.Task, CancellationToken.None);
            Assert.That(found, Is.EqualTo(Lookup.Found));
            ProviderFacts.Apply(payment, provider!);
        }

        log.Verify(logger => logger.WarningAsync(It.Is<string>(line => line.Contains("payment ref of order 7: unknown status") && !line.Contains('<')), null, null), Times.Once);
    }
}
