using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// A fake provider and the plugin's services.
/// </summary>
public abstract class ProviderFixture
{
    private ServiceProvider _services = null!;

    protected FakeProvider Provider { get; private set; } = null!;

    protected IServiceProvider Services => _services;

    /// <summary>The clock, created anew for each test.</summary>
    protected virtual TimeProvider CreateClock() => TimeProvider.System;

    [SetUp]
    public async Task StartProvider()
    {
        Provider = await FakeProvider.StartAsync();
        var services = new ServiceCollection();
        services.AddSingleton(CreateClock());
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public async Task StopProvider()
    {
        await _services.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

/// <summary>
/// A gateway that calls a fake provider.
/// </summary>
public abstract class GatewayFixture<TGateway> : ProviderFixture where TGateway : IPaymentGateway
{
    protected TGateway Gateway => Services.GetRequiredService<GatewayRegistry>().All.OfType<TGateway>().Single();

    /// <summary>Complete settings that call <see cref="ProviderFixture.Provider"/>.</summary>
    protected abstract Dictionary<string, string> Defaults { get; }

    protected GatewaySettings Settings(params (string Field, string Value)[] changes)
    {
        var values = Defaults;
        foreach (var (field, value) in changes)
            values[field] = value;
        return new GatewaySettings(Gateway.Descriptor, values);
    }

    /// <summary>The exception that a call throws.</summary>
    protected static async Task<GatewayException> FaultAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (GatewayException exception)
        {
            return exception;
        }
        throw new AssertionException("nothing was thrown");
    }
}
