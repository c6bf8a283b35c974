using System.Reflection;
using CryptoGateways.Sandbox.Data;
using FluentMigrator;
using Microsoft.Data.Sqlite;
using Nop.Data.Migrations;
using Nop.Services.Logging;
using Nop.Services.Plugins;

namespace CryptoGateways.Sandbox.Plugins;

/// <summary>
/// Does at start-up what an admin has asked for. A failure is logged, and the same is tried again at the next start.
/// </summary>
public sealed class PluginInstaller(PluginCatalog catalog, IServiceProvider services, SandboxOptions options, Nop.Services.Logging.ILogger logger)
{
    public async Task RunAsync()
    {
        foreach (var descriptor in catalog.Descriptors)
        {
            var state = catalog.State;
            if (!descriptor.Installed && state.ToInstall.Contains(descriptor.SystemName))
                await TryAsync(descriptor, InstallAsync);
            else if (descriptor.Installed && state.ToUninstall.Contains(descriptor.SystemName))
                await TryAsync(descriptor, UninstallAsync);
        }
    }

    private async Task InstallAsync(PluginDescriptor descriptor)
    {
        Migrate(descriptor.ReferencedAssembly, up: true);
        await services.PluginInstance<IPlugin>(descriptor).InstallAsync();
        catalog.Save(state =>
        {
            state.ToInstall.Remove(descriptor.SystemName);
            state.Installed.Add(descriptor.SystemName);
        });
        descriptor.Installed = true;
    }

    private async Task UninstallAsync(PluginDescriptor descriptor)
    {
        await services.PluginInstance<IPlugin>(descriptor).UninstallAsync();
        Migrate(descriptor.ReferencedAssembly, up: false);
        catalog.Save(state =>
        {
            state.ToUninstall.Remove(descriptor.SystemName);
            state.Installed.Remove(descriptor.SystemName);
        });
        descriptor.Installed = false;
    }

    private void Migrate(Assembly assembly, bool up)
    {
        using var connection = new SqliteConnection(StoreDb.ConnectionString(options.DatabaseFile));
        connection.Open();
        var context = new MigrationContext();
        var migrations = assembly.GetTypes().Where(type => typeof(IMigration).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<NopMigrationAttribute>()))
            .Where(migration => migration.Attribute is { } attribute && attribute.TargetMigrationProcess != MigrationProcessType.Update)
            .OrderBy(migration => migration.Attribute!.Version).ToList();
        // The platform keeps the versions in a table with a unique index.
        if (migrations.GroupBy(migration => migration.Attribute!.Version).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new InvalidOperationException($"Two migrations have the version {same.Key}: {string.Join(", ", same.Select(migration => migration.Type.Name))}");
        foreach (var (type, _) in migrations)
        {
            var migration = (IMigration)ActivatorUtilities.CreateInstance(services, type);
            context.Expressions.Clear();
            var reverse = !up && migration is AutoReversingMigration;
            if (up)
                migration.GetUpExpressions(context);
            else
                migration.GetDownExpressions(context);

            using var transaction = connection.BeginTransaction();
            Schema.Apply(connection, context.Expressions, reverse);
            transaction.Commit();
        }
    }

    private async Task TryAsync(PluginDescriptor descriptor, Func<PluginDescriptor, Task> action)
    {
        try
        {
            await action(descriptor);
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync($"Plugin {descriptor.SystemName}: {action.Method.Name} failed. {exception.Message}", exception);
        }
    }
}

public static class PluginDescriptorExtensions
{
    /// <summary>A new instance with its services injected.</summary>
    public static T PluginInstance<T>(this IServiceProvider services, PluginDescriptor descriptor) where T : class, IPlugin
    {
        var plugin = (T)ActivatorUtilities.CreateInstance(services, descriptor.PluginType);
        plugin.PluginDescriptor = descriptor;
        return plugin;
    }
}
