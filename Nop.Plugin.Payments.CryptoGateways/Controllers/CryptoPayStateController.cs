using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The pay page's state, polled by its script every few seconds.
/// </summary>
public class CryptoPayStateController(PayPageLinks pages, PayPageReader reader, PollThrottle throttle) : CryptoPublicController
{
    /// <summary>The state as JSON, or 304 when the client already has it.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> State(string? token)
    {
        if (await pages.FindAsync(token) is not { } payment)
            return Answer(StatusCodes.Status404NotFound, "unknown payment");

        var (_, _, state) = await reader.ReadAsync(payment);
        var version = state.Version();
        Response.Headers[HeaderNames.ETag] = version;
        Response.Headers[HeaderNames.CacheControl] = "private, no-cache";
        // A header, because the interval depends on the node's load and must not change the entity tag.
        if (throttle.Next(state.PollSeconds) is > 0 and var pause)
            Response.Headers[HeaderNames.RetryAfter] = $"{pause}";
        return ClientHas(version)
            ? new StatusCodeResult(StatusCodes.Status304NotModified)
            : Content(state.Json(), "application/json");
    }

    /// <summary>If-None-Match as in RFC 9110, section 13.1.2: a list of weak or strong tags, or *.</summary>
    private bool ClientHas(string version) => EntityTagHeaderValue.TryParseList(Request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(version), useStrongComparison: false));
}
