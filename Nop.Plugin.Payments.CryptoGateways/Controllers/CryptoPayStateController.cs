using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// What the pay page's script asks every few seconds. Not one of the platform's base controllers, and it acts as the background
/// user: a page that stays open in a wallet without cookies would make a new guest at each question.
/// </summary>
[InstalledOnly]
public class CryptoPayStateController(PayPages pages, PayPageReader reader, BackgroundUser backgroundUser, PollPace pace) : Controller
{
    /// <summary>The state as JSON, or 304 when the asker has it already.</summary>
    [HttpGet]
    public async Task<IActionResult> State(string token)
    {
        if (await pages.FindAsync(token) is not { } payment)
            return new ContentResult { StatusCode = StatusCodes.Status404NotFound, Content = "unknown payment", ContentType = "text/plain" };

        await backgroundUser.ActAsync(Response);
        var (_, state) = await reader.ReadAsync(payment);
        Response.Headers[HeaderNames.ETag] = state.Version();
        Response.Headers[HeaderNames.CacheControl] = "private, no-cache";
        // In a header: it changes with what else the node has to do, and the state's version must not.
        if (pace.Next(state.PollSeconds) is > 0 and var pause)
            Response.Headers[HeaderNames.RetryAfter] = $"{pause}";
        return Request.Headers.IfNoneMatch == state.Version()
            ? new StatusCodeResult(StatusCodes.Status304NotModified)
            : Content(state.Json(), "application/json");
    }
}
