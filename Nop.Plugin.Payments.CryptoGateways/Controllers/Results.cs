using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// A CSV file that is streamed while it is written.
/// </summary>
/// <param name="fileName">The file's name.</param>
/// <param name="write">Writes the file; the token is cancelled when the client disconnects.</param>
public sealed class CsvResult(string fileName, Func<Stream, CancellationToken, Task> write) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers[HeaderNames.ContentDisposition] = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";
        http.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await write(http.Response.Body, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected.
        }
    }
}

/// <summary>
/// 303 See Other: redirects a POST to a GET of another URL.
/// </summary>
public sealed class SeeOtherResult(string address) : StatusCodeResult(StatusCodes.Status303SeeOther)
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.Headers.Location = address;
        base.ExecuteResult(context);
    }
}
