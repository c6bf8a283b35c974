using Microsoft.AspNetCore.Mvc.ModelBinding;
using Nop.Core;
using ILogger = Nop.Services.Logging.ILogger;

namespace CryptoGateways.Sandbox.Web;

public static class ErrorHandling
{
    /// <summary>
    /// An exception is logged and answered with a page without its text. A 400 or 404 without a body is logged, for which a
    /// customer is needed (a visitor without a cookie becomes a new guest), and a 404 shows the store's page.
    /// </summary>
    public static void UseStoreErrors(this IApplicationBuilder app)
    {
        app.UseExceptionHandler("/error");
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception exception)
            {
                await LogAsync(context, exception.Message, exception);
                throw;
            }
        });
        app.UseStatusCodePages(async pages =>
        {
            var context = pages.HttpContext;
            if (context.Response.StatusCode == StatusCodes.Status400BadRequest)
                await LogAsync(context, "Error 400. Bad request");
            if (context.Response.StatusCode != StatusCodes.Status404NotFound)
                return;

            await LogAsync(context, $"Error 404. The requested page ({context.Request.Path}) was not found");
            context.Request.Path = "/page-not-found";
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            await pages.Next(context);
        });
    }

    private static async Task LogAsync(HttpContext context, string message, Exception? exception = null) =>
        await context.RequestServices.GetRequiredService<ILogger>().ErrorAsync(message, exception,
            await context.RequestServices.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync());
}

/// <summary>
/// Strings are bound from route, query and form only, trimmed, and an empty one is null: a string marked [FromHeader] stays null.
/// </summary>
public sealed class StringModelBinderProvider : IModelBinderProvider, IModelBinder
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(string) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        if (bindingContext.ValueProvider.GetValue(bindingContext.ModelName).FirstValue is { Length: > 0 } text)
            bindingContext.Result = ModelBindingResult.Success(text.Trim());
        return Task.CompletedTask;
    }
}
