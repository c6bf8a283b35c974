using Microsoft.AspNetCore.Mvc;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Turns a provider's POST to the return address into a GET. Not one of the platform's base controllers: browsers send no
/// cookies with a POST from another site, so these would make the shopper a new guest and overwrite the cookie that owns the order.
/// </summary>
public class CryptoReturnController : Controller
{
    [HttpPost]
    public IActionResult Return() => new SeeOtherResult(Request.PathBase + Request.Path + Request.QueryString);
}
