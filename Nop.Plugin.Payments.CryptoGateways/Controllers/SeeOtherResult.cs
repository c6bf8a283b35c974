using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// 303: what follows a POST is a GET of another address.
/// </summary>
public sealed class SeeOtherResult(string address) : StatusCodeResult(StatusCodes.Status303SeeOther)
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.Headers.Location = address;
        base.ExecuteResult(context);
    }
}
