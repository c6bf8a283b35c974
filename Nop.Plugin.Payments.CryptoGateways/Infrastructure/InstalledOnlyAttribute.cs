using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Nop.Core.Infrastructure;
using Nop.Services.Plugins;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// The platform finds routes, consumers and permissions by their type, also while the plugin is not installed: there are no tables then.
/// </summary>
public static class PluginInstallation
{
    /// <summary>Read from the platform's list of installed plugins, without constructing the plugin.</summary>
    public static bool IsInstalled =>
        Singleton<IPluginsInfo>.Instance?.InstalledPlugins.Any(plugin => plugin.SystemName == CryptoGatewaysDefaults.SystemName) == true;
}

/// <summary>
/// Answers 404, with a body, while the plugin is not installed: its routes exist as long as its folder does.
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
