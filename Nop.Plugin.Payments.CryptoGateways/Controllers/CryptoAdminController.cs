using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// What holds for every page of the administrator, as on the platform's own; each action names its own permission.
/// </summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
[ValidateVendor]
[InstalledOnly]
public abstract class CryptoAdminController : BasePaymentController
{
    /// <summary>A script asks for the words alone; otherwise the page is drawn anew.</summary>
    protected bool IsScript => Request.Headers.XRequestedWith == "XMLHttpRequest";

    protected RedirectResult RedirectToConfiguration() => Redirect(Url.Content(CryptoGatewaysDefaults.ConfigurationPage));
}
