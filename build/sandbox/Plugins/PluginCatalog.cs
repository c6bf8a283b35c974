using System.Reflection;
using Newtonsoft.Json;
using Nop.Core;
using Nop.Services.Plugins;

namespace CryptoGateways.Sandbox.Plugins;

/// <summary>
/// The packed plugins of a folder, loaded as nopCommerce does: plugin.json, dlls from disk into the default context (one that
/// the store itself ships is not loaded again), and the first plugin class of the main dll.
/// </summary>
public sealed class PluginCatalog : IPluginsInfo
{
    private const string Running = "4.90";

    private readonly string _stateFile;

    public PluginCatalog(string pluginsFolder, string stateFile)
    {
        Folder = Path.GetFullPath(pluginsFolder);
        _stateFile = stateFile;
        Descriptors = Directory.EnumerateFiles(Folder, "plugin.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(Load).ToList();
        foreach (var descriptor in Descriptors)
            descriptor.Installed = State.Installed.Contains(descriptor.SystemName);
    }

    public string Folder { get; }

    public IReadOnlyList<PluginDescriptor> Descriptors { get; }

    public IEnumerable<Assembly> Assemblies => Descriptors.Select(descriptor => descriptor.ReferencedAssembly);

    IList<PluginDescriptorBaseInfo> IPluginsInfo.InstalledPlugins
    {
        get => [.. Descriptors.Where(descriptor => descriptor.Installed)];
        set => throw new NotSupportedException();
    }

    /// <summary>Which plugins are installed or are to be at the next start. Kept in a file beside the database.</summary>
    public PluginState State => File.Exists(_stateFile) ? JsonConvert.DeserializeObject<PluginState>(File.ReadAllText(_stateFile))! : new PluginState();

    public void Save(Action<PluginState> change)
    {
        var state = State;
        change(state);
        File.WriteAllText(_stateFile, JsonConvert.SerializeObject(state, Formatting.Indented));
    }

    public IEnumerable<Type> FindTypes(Type contract) => Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsClass: true, IsAbstract: false } && contract.IsAssignableFrom(type));

    public IEnumerable<T> Instances<T>() => FindTypes(typeof(T)).Select(type => (T)Activator.CreateInstance(type)!);

    private static PluginDescriptor Load(string pluginJson)
    {
        var descriptor = PluginDescriptor.GetPluginDescriptorFromText(File.ReadAllText(pluginJson));
        if (!descriptor.SupportedVersions.Contains(Running))
            throw new NopException($"{descriptor.SystemName} does not support nopCommerce {Running}");

        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(pluginJson)!, "*.dll"))
        {
            var ours = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file));
            var assembly = Assembly.LoadFrom(File.Exists(ours) ? ours : Path.GetFullPath(file));
            if (Path.GetFileName(file) == descriptor.AssemblyFileName)
                descriptor.ReferencedAssembly = assembly;
        }

        descriptor.PluginType = descriptor.ReferencedAssembly.GetTypes()
            .First(type => typeof(IPlugin).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false });
        return descriptor;
    }
}

public sealed record PluginState
{
    public HashSet<string> Installed { get; init; } = [];

    public HashSet<string> ToInstall { get; init; } = [];

    public HashSet<string> ToUninstall { get; init; } = [];
}
