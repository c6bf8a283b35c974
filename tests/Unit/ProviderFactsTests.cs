using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What an attempt takes over from its provider's answer.
/// </summary>
public sealed class ProviderFactsTests
{
    private static readonly DateTime _expiry = new(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc);

    /// <summary>The skew of the provider's clock is rounded to minutes, and may be rounded differently at the next check.</summary>
    [TestCase(0, false)]
    [TestCase(30, false)]
    [TestCase(-60, false)]
    [TestCase(60, false)]
    [TestCase(-1200, true)]
    [TestCase(1200, true)]
    public void An_expiry_moves_only_when_the_provider_moved_it(int seconds, bool moves)
    {
        var payment = new CryptoPayment { ExternalId = "1", ExpiresOnUtc = _expiry };

        ProviderFacts.Apply(payment, Told(_expiry.AddSeconds(seconds)));

        Assert.That(payment.ExpiresOnUtc, Is.EqualTo(moves ? _expiry.AddSeconds(seconds) : _expiry));
    }

    [Test]
    public void An_expiry_that_is_not_told_stays_and_one_that_was_not_known_is_taken()
    {
        var (known, unknown) = (new CryptoPayment { ExternalId = "1", ExpiresOnUtc = _expiry }, new CryptoPayment { ExternalId = "1" });

        ProviderFacts.Apply(known, Told(null));
        ProviderFacts.Apply(unknown, Told(_expiry));

        Assert.That((known.ExpiresOnUtc, unknown.ExpiresOnUtc), Is.EqualTo((_expiry, _expiry)));
    }

    private static ProviderPayment Told(DateTime? expiry) =>
        new() { Status = ProviderStatus.Waiting, StatusText = "new", Reference = "r", Amount = new Money(1m, "USDT"), ExpiresOnUtc = expiry };
}
