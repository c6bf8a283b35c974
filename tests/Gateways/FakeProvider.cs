using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// A provider on a free local port. It responds as configured by a test and records the requests.
/// </summary>
public sealed class FakeProvider : IAsyncDisposable
{
    private static readonly Lazy<Socket> _nobody = new(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    });

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    private FakeProvider()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>The response to every request.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Answers.Status(404);

    /// <summary>
    /// The response for a path that is not under test, such as that of access tokens; null for all others. These calls are not recorded in
    /// <see cref="Requests"/>.
    /// </summary>
    public Func<string, Func<HttpContext, Task>?> Aside { get; set; } = _ => null;

    /// <summary>The provider's clock for the Date header; null for the system clock.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public Uri Url => new(_app.Urls.First());

    public static async Task<FakeProvider> StartAsync()
    {
        var provider = new FakeProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>A local address without a listener: the port is bound so that no other test's provider uses it.</summary>
    public static Uri Nobody() => new($"http://127.0.0.1:{((IPEndPoint)_nobody.Value.LocalEndPoint!).Port}");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (Clock is not null)
            context.Response.Headers.Date = Clock().ToString("R", CultureInfo.InvariantCulture);
        if (Aside(context.Request.Path) is { } answer)
        {
            await answer(context);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _requests.Enqueue(new ReceivedRequest(context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, body,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        await Answer(context);
    }
}

/// <summary>
/// A received HTTP request.
/// </summary>
public sealed record ReceivedRequest(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers);
