using CryptoGateways.Tests.Cluster.Farm;

namespace CryptoGateways.Tests.Cluster;

/// <summary>
/// The two nodes that all tests of this project share; they are started once.
/// </summary>
[SetUpFixture]
public sealed class TwoNodes
{
    internal static Stores Stores { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Stores = await Stores.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await Stores.DisposeAsync();
}
