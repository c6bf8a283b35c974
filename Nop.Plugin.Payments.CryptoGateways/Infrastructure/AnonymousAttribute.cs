using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// For addresses that anybody can call: a visitor whom the store does not know leaves no customer behind, a refusal that would have no
/// body gets one, such as that of a form without an antiforgery token, and no answer is kept, framed or guessed at, and
/// a body is read of a POST only. Addresses hold
/// tokens, and 404 may be cached like a page: what does not exist today may exist tomorrow.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnonymousAttribute() : TypeFilterAttribute(typeof(AnonymousFilter))
{
    private sealed class AnonymousFilter(Visitors visitors) : IAsyncResourceFilter, IAlwaysRunResultFilter
    {
        private static readonly (string Name, string Value)[] _headers =
        [
            (HeaderNames.CacheControl, "no-store"), (HeaderNames.XContentTypeOptions, "nosniff"), (HeaderNames.ContentSecurityPolicy, "frame-ancestors 'self'"),
            ("Referrer-Policy", "same-origin"), ("X-Robots-Tag", "noindex")
        ];

        public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
        {
            // MVC would read it for any parameter, and answer 500 to what it cannot read.
            if (!HttpMethods.IsPost(context.HttpContext.Request.Method) && context.HttpContext.Request.HasFormContentType)
                context.HttpContext.Request.ContentType = null;
            await visitors.AdmitAsync(context.HttpContext);
            await next();
        }

        public void OnResultExecuting(ResultExecutingContext context)
        {
            if (context is { Result: StatusCodeResult { StatusCode: >= 400 and var status } })
                context.Result = new ContentResult { StatusCode = status, Content = "refused", ContentType = "text/plain" };
            // An action may know better.
            foreach (var (name, value) in _headers)
                context.HttpContext.Response.Headers.TryAdd(name, value);
        }

        public void OnResultExecuted(ResultExecutedContext context)
        {
        }
    }
}
