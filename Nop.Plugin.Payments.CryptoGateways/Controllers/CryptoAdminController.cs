using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Base of the plugin's pages in the admin area, with the platform's own checks; each action names its permission. The platform's area
/// route leads to them.
/// </summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
[ValidateVendor]
[InstalledOnly]
public abstract class CryptoAdminController : BasePaymentController
{
    /// <summary>The request was sent by Content/setup.js, which expects JSON.</summary>
    protected bool IsScript => Request.Headers.XRequestedWith == "XMLHttpRequest";

    /// <summary>A view with entered values. They may include secrets, so that it must not be cached.</summary>
    protected ViewResult EnteredView(string name, object model)
    {
        Response.Headers.CacheControl = "no-store";
        return AdminView(name, model);
    }

    /// <summary>The view of this name in Views/Admin.</summary>
    protected ViewResult AdminView(string name, object model) => View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/{name}.cshtml", model);
}
