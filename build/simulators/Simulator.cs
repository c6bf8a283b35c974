using CryptoGateways.Simulators.BtcPay;
using CryptoGateways.Simulators.CoinPay24;
using CryptoGateways.Simulators.CoinPayment;
using CryptoGateways.Simulators.Coinskro;
using CryptoGateways.Simulators.CoolPay;
using CryptoGateways.Simulators.CryptoFuse;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators;

/// <summary>The providers' simulators in one web application; see README.md. Test projects start it in their own process.</summary>
public static class Simulator
{
    public static void Main(string[] args)
    {
        var app = Build(args);
        app.Start();
        Console.WriteLine($"Provider simulators: {string.Join(' ', app.Urls)}");
        app.WaitForShutdown();
    }

    public static WebApplication Build(string[] args) => Build(args, TimeProvider.System);

    /// <param name="time">Moves everything the simulator waits for: delays, retries, the abandoning of payments.</param>
    public static WebApplication Build(string[] args, TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        // No pooled connections: the merchant's server may have been killed and started again between two webhooks.
        var webhooks = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero });
        var host = new Shared.Host(app.Configuration, time, webhooks);

        Provider[] providers =
        [
            new CoinskroProvider(host),
            new CoinPay24Provider(host),
            new CoinPaymentProvider(host),
            new CryptoFuseProvider(host),
            new CoolPayProvider(host),
            new BtcPayProvider(host)
        ];

        foreach (var provider in providers)
            provider.MapApi(new(app, provider, time));
        var state = app.Configuration["Data"] is { } folder ? new StateFile(folder, providers) : null;
        state?.Start();
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            state?.Dispose();
            foreach (var provider in providers)
                provider.Reset();
        });
        ControlApi.Map(app, providers);
        app.MapGet("/", (HttpRequest request, string? provider) => Results.Content(Panel.Render(providers.FirstOrDefault(p => p.Name == provider) ?? providers[0], providers, $"{request.Scheme}://{request.Host}"), "text/html; charset=utf-8"));
        return app;
    }
}
