using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// The platform finds routes and consumers by their type, also while the plugin is not installed: there are no tables then.
/// </summary>
public static class Installed
{
    public static async Task<bool> IsPluginInstalledAsync(this IPaymentPluginManager paymentPluginManager) =>
        await paymentPluginManager.LoadPluginBySystemNameAsync(CryptoGatewaysDefaults.SystemName) is not null;
}

/// <summary>
/// Answers 404, with a body, while the plugin is not installed: its routes exist as long as its folder does.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InstalledOnlyAttribute() : TypeFilterAttribute(typeof(InstalledOnlyFilter))
{
    private sealed class InstalledOnlyFilter(IPaymentPluginManager paymentPluginManager) : IAsyncResourceFilter
    {
        public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
        {
            if (!await paymentPluginManager.IsPluginInstalledAsync())
                context.Result = new ContentResult { StatusCode = 404, Content = "not installed", ContentType = "text/plain" };
            else
                await next();
        }
    }
}
