using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// For addresses that anybody can call: a visitor whom the store does not know leaves no customer behind, and a refusal that would
/// have no body gets one, such as that of a form without an antiforgery token.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnonymousAttribute() : TypeFilterAttribute(typeof(AnonymousFilter))
{
    private sealed class AnonymousFilter(Visitors visitors) : IAsyncResourceFilter, IAlwaysRunResultFilter
    {
        public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
        {
            await visitors.AdmitAsync(context.HttpContext);
            await next();
        }

        public void OnResultExecuting(ResultExecutingContext context)
        {
            if (context is { Result: StatusCodeResult { StatusCode: >= 400 and var status } })
                context.Result = new ContentResult { StatusCode = status, Content = "refused", ContentType = "text/plain" };
        }

        public void OnResultExecuted(ResultExecutedContext context)
        {
        }
    }
}
