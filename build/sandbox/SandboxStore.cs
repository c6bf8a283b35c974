using CryptoGateways.Sandbox.Data;
using CryptoGateways.Sandbox.Plugins;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Nop.Core.Domain.Stores;
using Nop.Core.Infrastructure;
using Nop.Services.Plugins;
using Nop.Services.Security;

namespace CryptoGateways.Sandbox;

/// <summary>A running store. Installing a plugin restarts it: services, routes and pipeline are made anew, in the same process.</summary>
public sealed class SandboxStore : IAsyncDisposable
{
    private readonly string[] _args;
    private readonly TaskCompletionSource _shutdown = new();
    private TaskCompletionSource _restarted = new();
    private volatile bool _restarting;
    private WebApplication _app = null!;
    private Task _stopped = Task.CompletedTask;

    private SandboxStore(string[] args) => _args = args;

    public IServiceProvider Services => _app.Services;

    public Uri Address { get; private set; } = null!;

    public static async Task<SandboxStore> StartAsync(params string[] args)
    {
        var store = new SandboxStore(args);
        await store.BootAsync();
        if (store.Services.GetRequiredService<SandboxOptions>() is { Ready: true } options)
            await ReadyStore.PrepareAsync(store, options);
        return store;
    }

    public async Task RestartAsync()
    {
        _restarting = true;
        _app.Lifetime.StopApplication();
        await _stopped;
        await _app.DisposeAsync();
        _restarting = false;
        await BootAsync("--urls", $"{Address}");
        Interlocked.Exchange(ref _restarted, new TaskCompletionSource()).SetResult();
    }

    /// <summary>Ends when the next restart is done.</summary>
    public Task RestartedAsync() => _restarted.Task;

    /// <summary>Ends when the process is asked to end.</summary>
    public Task WaitForShutdownAsync() => _shutdown.Task;

    public async ValueTask DisposeAsync()
    {
        _app.Lifetime.StopApplication();
        await _stopped;
        await _app.DisposeAsync();
    }

    private async Task BootAsync(params string[] more)
    {
        _app = SandboxApp.Build([.. _args, .. more]);
        EngineContext.Replace(new Services.Engine(_app.Services));
        Services.GetRequiredService<RestartRequest>().Store = this;
        Singleton<IPluginsInfo>.Instance = Services.GetRequiredService<PluginCatalog>();
        await using (var scope = Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PluginInstaller>().RunAsync();
            await scope.ServiceProvider.GetRequiredService<IPermissionService>().InsertPermissionsAsync();
        }

        await _app.StartAsync();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await SetStoreUrlAsync();
        _stopped = StopWithAsync(_app);
    }

    private async Task StopWithAsync(WebApplication app)
    {
        await app.WaitForShutdownAsync();
        if (!_restarting)
            _shutdown.TrySetResult();
    }

    private async Task SetStoreUrlAsync()
    {
        if (Services.GetRequiredService<SandboxOptions>().Node != "1")
            return;

        await using var db = await Services.GetRequiredService<IDbContextFactory<StoreDb>>().CreateDbContextAsync();
        (await db.Set<Store>().AsTracking().OrderBy(store => store.Id).FirstAsync()).Url = Address.ToString();
        await db.SaveChangesAsync();
    }
}

/// <summary>Lets a page ask for a restart after its answer is out.</summary>
public sealed class RestartRequest
{
    public SandboxStore? Store { get; set; }

    /// <summary>Another one after each restart.</summary>
    public Guid Start { get; } = Guid.NewGuid();

    public void After(HttpResponse response) => response.OnCompleted(() =>
    {
        _ = Task.Run(() => Store!.RestartAsync());
        return Task.CompletedTask;
    });
}
