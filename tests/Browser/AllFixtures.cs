using CryptoGateways.Tests.Browser.Harness;

// Each has its own store and provider; much of their time is waiting.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]

/// <summary>Closes what the fixtures share.</summary>
[SetUpFixture]
internal sealed class AllFixtures
{
    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await ShopFixture.CloseChromeAsync();
        ReadyData.Delete();
    }
}
