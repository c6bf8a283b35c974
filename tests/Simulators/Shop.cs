using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CryptoGateways.Tests.Simulators;

public sealed record ReceivedCallback(string PathAndQuery, string Body, IHeaderDictionary Headers);

/// <summary>A merchant's callback address: <c>/hook/{status}</c> answers with that status and keeps what came.</summary>
public sealed class Shop : IAsyncDisposable
{
    private readonly List<ReceivedCallback> _received = [];
    private readonly WebApplication _app;

    private Shop(WebApplication app) => _app = app;

    public static async Task<Shop> OpenAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var shop = new Shop(builder.Build());
        shop._app.MapPost("/hook/{status:int}", async (int status, HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var callback = new ReceivedCallback(request.Path + request.QueryString, await reader.ReadToEndAsync(), new HeaderDictionary(request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase)));
            lock (shop._received)
                shop._received.Add(callback);
            return Results.StatusCode(status);
        });
        await shop._app.StartAsync();
        return shop;
    }

    public string Hook(int status = 200) => $"{_app.Urls.First()}/hook/{status}";

    public IReadOnlyList<ReceivedCallback> Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    public void Forget()
    {
        lock (_received)
            _received.Clear();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
