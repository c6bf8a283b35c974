using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// What the pay page's script asks every few seconds.
/// </summary>
public class CryptoPayStateController(PayPageLinks pages, PayPageReader reader, PollThrottle pace) : CryptoPublicController
{
    /// <summary>The state as JSON, or 304 when the asker has it already.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> State(string? token)
    {
        if (await pages.FindAsync(token) is not { } payment)
            return Answer(StatusCodes.Status404NotFound, "unknown payment");

        var (_, state) = await reader.ReadAsync(payment);
        var version = state.Version();
        Response.Headers[HeaderNames.ETag] = version;
        Response.Headers[HeaderNames.CacheControl] = "private, no-cache";
        // In a header: it changes with what else the node has to do, and the state's version must not.
        if (pace.Next(state.PollSeconds) is > 0 and var pause)
            Response.Headers[HeaderNames.RetryAfter] = $"{pause}";
        return HasAlready(version)
            ? new StatusCodeResult(StatusCodes.Status304NotModified)
            : Content(state.Json(), "application/json");
    }

    /// <summary>Compares as RFC 9110 says, section 13.1.2: any of a list, weak or strong, or *.</summary>
    private bool HasAlready(string version) => EntityTagHeaderValue.TryParseList(Request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(version), useStrongComparison: false));
}
