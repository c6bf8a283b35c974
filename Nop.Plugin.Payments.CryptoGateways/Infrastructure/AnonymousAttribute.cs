using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// For public actions. Unknown visitors create no customer, error responses without a body (such as a missing antiforgery token) get one,
/// responses are neither cached, framed nor sniffed (URLs hold tokens, and a 404 may become a page later), and only POST bodies are read.
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
            // MVC would read the form for any parameter, and answer 500 when it cannot.
            if (!HttpMethods.IsPost(context.HttpContext.Request.Method) && context.HttpContext.Request.HasFormContentType)
                context.HttpContext.Request.ContentType = null;
            await visitors.IdentifyAsync(context.HttpContext);
            await next();
        }

        public void OnResultExecuting(ResultExecutingContext context)
        {
            if (context is { Result: StatusCodeResult { StatusCode: >= 400 and var status } })
                context.Result = new ContentResult { StatusCode = status, Content = "rejected", ContentType = "text/plain" };
            // Headers set by the action win.
            foreach (var (name, value) in _headers)
                context.HttpContext.Response.Headers.TryAdd(name, value);
        }

        public void OnResultExecuted(ResultExecutedContext context)
        {
        }
    }
}
