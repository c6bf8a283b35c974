using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// What holds for every address that anybody on the Internet can call. Not one of the platform's base controllers: their filters
/// make a guest of each visitor without a cookie, and redirect what must not be redirected. Every refusal has a body: the platform
/// answers one without a body itself, which costs a log entry and a guest.
/// </summary>
[InstalledOnly]
[Anonymous]
public abstract class CryptoPublicController : Controller
{
    /// <summary>The same page for what does not exist and for what belongs to somebody else.</summary>
    protected ViewResult NotFoundPage(NotFoundModel model)
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View($"{CryptoGatewaysDefaults.Folder}/Views/Public/NotFound.cshtml", model);
    }

    protected static ContentResult Answer(int status, string text) => new() { StatusCode = status, Content = text, ContentType = "text/plain" };
}
