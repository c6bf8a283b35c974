using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

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
