using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Base of the public controllers. It does not derive from the platform's base controllers: their filters create a guest for each visitor
/// without a cookie and redirect requests that must not be redirected. Every error response has a body, because the platform handles
/// those without one itself, which costs a log entry and a guest.
/// </summary>
[InstalledOnly]
[Anonymous]
public abstract class CryptoPublicController : Controller
{
    /// <summary>The same page for an unknown payment and for one that belongs to somebody else.</summary>
    protected ViewResult NotFoundPage(NotFoundModel model)
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View($"{CryptoGatewaysDefaults.Folder}/Views/Public/NotFound.cshtml", model);
    }

    protected static ContentResult Answer(int status, string text) => new() { StatusCode = status, Content = text, ContentType = "text/plain" };
}
