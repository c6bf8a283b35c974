using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Services.Plugins;

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

/// <summary>
/// Responds 404 while the plugin is not installed: its routes exist as long as its folder does. The response has a body, so that the
/// platform does not replace it with its own page.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InstalledOnlyAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!PluginInstallation.IsInstalled)
            context.Result = new ContentResult { StatusCode = 404, Content = "not installed", ContentType = "text/plain" };
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

/// <summary>
/// Responds 400 to a form that cannot be read: incomplete, too large, or in a charset such as UTF-7, which .NET rejects with an exception.
/// Runs before the antiforgery filter, which reads the form too and does not catch such exceptions.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadableFormAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before the antiforgery filters, which have 1000.</summary>
    public int Order => 0;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        try
        {
            if (context.HttpContext.Request.HasFormContentType)
                await context.HttpContext.Request.ReadFormAsync();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or OperationCanceledException or NotSupportedException or ArgumentException)
        {
            context.Result = new ContentResult { StatusCode = StatusCodes.Status400BadRequest, Content = "unreadable form", ContentType = "text/plain" };
        }
    }
}

/// <summary>
/// Whether the plugin is installed. The platform calls its routes, event consumers and permissions even while it is not and has no tables.
/// </summary>
public static class PluginInstallation
{
    /// <summary>Read from the platform's list of installed plugins, without constructing the plugin.</summary>
    public static bool IsInstalled =>
        Singleton<IPluginsInfo>.Instance?.InstalledPlugins.Any(plugin => plugin.SystemName == CryptoGatewaysDefaults.SystemName) == true;
}
