using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

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
