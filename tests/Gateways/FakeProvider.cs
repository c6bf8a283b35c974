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
/// A provider on a free port of this machine that answers what a test tells it to, and remembers what it was asked.
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

    /// <summary>What is answered from now on.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Answers.Status(404);

    /// <summary>
    /// What is answered to a call of this path that is no part of what is tried, such as one for an access token; such calls are not
    /// among the <see cref="Requests"/>. Null for all others.
    /// </summary>
    public Func<string, Func<HttpContext, Task>?> Aside { get; set; } = _ => null;

    /// <summary>What the provider's clock shows, in the Date header of its answers; null for this machine's.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public Uri Url => new(_app.Urls.First());

    public static async Task<FakeProvider> StartAsync()
    {
        var provider = new FakeProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>An address of this machine at which nobody listens: the port is taken, so that no other test's provider gets it.</summary>
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
/// A request as it came over the wire.
/// </summary>
public sealed record ReceivedRequest(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers);
