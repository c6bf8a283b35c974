namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>A clock that stands still; what waits goes on as ever.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
