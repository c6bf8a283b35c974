using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Responses of a provider.
/// </summary>
public static class Answers
{
    public static Func<HttpContext, Task> Json(string body, int status = 200) => Text(body, "application/json", status);

    public static Func<HttpContext, Task> Text(string body, string contentType, int status = 200) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    };

    public static Func<HttpContext, Task> Status(int status) => Text(string.Empty, "text/plain", status);

    /// <summary>Adds a header, such as "Server: nginx".</summary>
    public static Func<HttpContext, Task> With(string header, Func<HttpContext, Task> answer) => context =>
    {
        var (name, value) = header.Split(": ") switch { var parts => (parts[0], parts[1]) };
        context.Response.Headers[name] = value;
        return answer(context);
    };

    /// <summary>Without body and content type.</summary>
    public static Func<HttpContext, Task> Bare(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Compressed JSON, whether or not the client accepts it.</summary>
    public static Func<HttpContext, Task> Compressed(string body, string encoding) => async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.ContentEncoding = encoding;
        var stream = context.Response.Body;
        await using Stream compressed = encoding switch
        {
            "gzip" => new GZipStream(stream, CompressionLevel.Fastest),
            "br" => new BrotliStream(stream, CompressionLevel.Fastest),
            _ => new ZLibStream(stream, CompressionLevel.Fastest)
        };
        await compressed.WriteAsync(Encoding.UTF8.GetBytes(body));
    };

    /// <summary>Uncompressed JSON with a Content-Encoding header.</summary>
    public static Func<HttpContext, Task> Mislabelled(string body, string encoding) => context =>
    {
        context.Response.Headers.ContentEncoding = encoding;
        return Json(body)(context);
    };

    public static Func<HttpContext, Task> Redirect(Uri location, int status) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location.AbsoluteUri;
        return Task.CompletedTask;
    };

    /// <summary>Echoes the request in an error.</summary>
    public static Func<HttpContext, Task> Echo(FakeProvider provider, int status) => context =>
    {
        var request = provider.Requests[^1];
        var keys = string.Join(" and ", new[] { "Authorization", "X-API-Key" }.Select(name => request.Headers.GetValueOrDefault(name)));
        return Json($"{{\"message\":\"{keys} is wrong\",\"sent\":{(request.Body.Length > 0 ? request.Body : "null")}}}", status)(context);
    };

    /// <summary>Never responds; the request ends when the client disconnects.</summary>
    public static async Task Never(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>64 MB of spaces, then nothing: a client that keeps reading waits for its timeout.</summary>
    public static Func<HttpContext, Task> Endless(bool announced) => async context =>
    {
        const int ChunkLength = 64 * 1024;
        var chunk = Enumerable.Repeat((byte)' ', ChunkLength).ToArray();
        context.Response.ContentType = "application/json";
        if (announced)
            context.Response.ContentLength = long.MaxValue;
        for (var i = 0; i < 1024 && !context.RequestAborted.IsCancellationRequested; i++)
            await context.Response.Body.WriteAsync(chunk);
        await Never(context);
    };

    /// <summary>Starts a response, then breaks the connection.</summary>
    public static async Task CutOff(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("""{"message":"Pay""");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>One response per request; the last one repeats.</summary>
    public static Func<HttpContext, Task> InTurn(params Func<HttpContext, Task>[] answers)
    {
        var next = 0;
        return context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length) - 1](context);
    }
}
