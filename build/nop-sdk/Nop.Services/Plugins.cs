using System.Reflection;
using Newtonsoft.Json;
using Nop.Core.Domain.Customers;

namespace Nop.Services.Plugins;

public interface IPlugin
{
    PluginDescriptor PluginDescriptor { get; set; }

    string GetConfigurationPageUrl();

    Task InstallAsync();

    Task InstallSampleDataAsync();

    Task UninstallAsync();

    Task UpdateAsync(string currentVersion, string targetVersion);

    Task PreparePluginToUninstallAsync();
}

public abstract class BasePlugin : IPlugin
{
    public virtual PluginDescriptor PluginDescriptor { get; set; }

    public virtual string GetConfigurationPageUrl() => null;

    public virtual Task InstallAsync() => Task.CompletedTask;

    public virtual Task InstallSampleDataAsync() => Task.CompletedTask;

    public virtual Task UninstallAsync() => Task.CompletedTask;

    public virtual Task UpdateAsync(string currentVersion, string targetVersion) => Task.CompletedTask;

    public virtual Task PreparePluginToUninstallAsync() => Task.CompletedTask;
}

public class PluginDescriptorBaseInfo
{
    public virtual string SystemName { get; set; }

    public virtual string Version { get; set; }
}

public class PluginDescriptor : PluginDescriptorBaseInfo
{
    public virtual string Group { get; set; }

    public virtual string FriendlyName { get; set; }

    public virtual IList<string> SupportedVersions { get; set; } = new List<string>();

    public virtual string Author { get; set; }

    public virtual int DisplayOrder { get; set; }

    [JsonProperty("FileName")]
    public virtual string AssemblyFileName { get; set; }

    public virtual string Description { get; set; }

    [JsonIgnore]
    public virtual bool Installed { get; set; }

    [JsonIgnore]
    public virtual Type PluginType { get; set; }

    [JsonIgnore]
    public virtual Assembly ReferencedAssembly { get; set; }

    public static PluginDescriptor GetPluginDescriptorFromText(string text) => JsonConvert.DeserializeObject<PluginDescriptor>(text);
}

/// <summary>Which plugins there are; the running one is <see cref="Nop.Core.Infrastructure.Singleton{T}.Instance"/>.</summary>
public interface IPluginsInfo
{
    IList<PluginDescriptorBaseInfo> InstalledPlugins { get; set; }
}

public interface IPluginManager<TPlugin> where TPlugin : class, IPlugin
{
    Task<TPlugin> LoadPluginBySystemNameAsync(string systemName, Customer customer = null, int storeId = 0);
}
