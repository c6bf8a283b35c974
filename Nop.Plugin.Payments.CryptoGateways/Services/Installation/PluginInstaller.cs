namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// Installs and removes everything of the plugin except its tables. Both are safe to repeat after an interruption.
/// </summary>
public class PluginInstaller(SettingsInstaller settings, LocaleResourceInstaller texts, PlatformEntries entries, ScheduleTaskInstaller task, UninstallGuard guard)
{
    public async Task InstallAsync()
    {
        await settings.InstallAsync();
        await texts.InstallAsync();
        await entries.AddAsync();
        await task.InstallAsync();
    }

    /// <summary>Adds texts and e-mails that are new in this version. Texts that the owner edited stay.</summary>
    public Task UpdateAsync() => texts.InstallAsync();

    /// <inheritdoc cref="UninstallGuard.CheckAsync"/>
    public Task PrepareToUninstallAsync() => guard.CheckAsync();

    public async Task UninstallAsync()
    {
        await task.UninstallAsync();
        await entries.RemoveAsync();
        await texts.UninstallAsync();
        await settings.UninstallAsync();
    }
}
