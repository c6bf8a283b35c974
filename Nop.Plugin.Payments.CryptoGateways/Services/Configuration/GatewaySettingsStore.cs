using Nop.Core.Domain.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Reads and writes gateway settings as nopCommerce settings, so that stores can override them.
/// </summary>
public class GatewaySettingsStore(ISettingService settingService, SecretProtector secrets)
{
    /// <summary>The effective settings of a store (0: of all stores).</summary>
    public async Task<GatewaySettings> LoadAsync(GatewayDescriptor gateway, int storeId)
    {
        var values = new Dictionary<string, string>();
        foreach (var field in FieldsOf(gateway))
        {
            var stored = await GetStoredValueAsync(gateway, field, storeId);
            values[field.Name] = stored is null ? field.Default : field.Kind == SettingKind.Secret ? secrets.Unprotect(stored) : stored;
        }
        return new GatewaySettings(gateway, values);
    }

    /// <summary>The stored form of a store's effective value (0: of all stores), encrypted for a secret; null if there is none.</summary>
    public Task<string?> GetStoredValueAsync(GatewayDescriptor gateway, SettingField field, int storeId) =>
        settingService.GetSettingByKeyAsync<string?>(KeyOf(gateway, field), null, storeId, loadSharedValueIfNotFound: true);

    /// <summary>True for a secret that was encrypted with a key other than the store's current one.</summary>
    public async Task<bool> IsUnreadableAsync(GatewayDescriptor gateway, SettingField field, int storeId) =>
        field.Kind == SettingKind.Secret && await GetStoredValueAsync(gateway, field, storeId) is { } stored && secrets.IsUnreadable(stored);

    /// <summary>True if the store overrides the shared value.</summary>
    public async Task<bool> IsOverriddenAsync(GatewayDescriptor gateway, SettingField field, int storeId) =>
        storeId > 0 && await settingService.GetSettingAsync(KeyOf(gateway, field), storeId) is not null;

    /// <summary>Saves a value for a store (0: for all stores) and encrypts secrets. The caller clears the cache.</summary>
    public Task SaveAsync(GatewayDescriptor gateway, SettingField field, string value, int storeId) =>
        settingService.SetSettingAsync(KeyOf(gateway, field), field.Kind == SettingKind.Secret ? secrets.Protect(value) : value, storeId, clearCache: false);

    /// <summary>Deletes a store's override, so that the shared value applies again.</summary>
    public async Task RemoveOverrideAsync(GatewayDescriptor gateway, SettingField field, int storeId)
    {
        if (storeId > 0 && await settingService.GetSettingAsync(KeyOf(gateway, field), storeId) is { } setting)
            await settingService.DeleteSettingAsync(setting);
    }

    /// <summary>Deletes the settings of all gateways and stores.</summary>
    public async Task RemoveAllAsync()
    {
        var all = await settingService.GetAllSettingsAsync();
        await settingService.DeleteSettingsAsync([.. all.Where(IsOurs)]);
    }

    /// <summary>
    /// Encrypts every stored secret again after the store's encryption key changed. A secret that the old key does not decrypt is not changed:
    /// it becomes readable again if the owner restores the key that encrypted it.
    /// </summary>
    /// <param name="oldKey">The store's previous encryption key.</param>
    public async Task ReprotectAsync(string oldKey)
    {
        foreach (var setting in (await settingService.GetAllSettingsAsync()).Where(setting => IsOurs(setting) && SecretProtector.IsProtected(setting.Value)))
        {
            if (secrets.Unprotect(setting.Value, oldKey) is not { Length: > 0 } secret)
                continue;

            setting.Value = secrets.Protect(secret);
            await settingService.UpdateSettingAsync(setting, clearCache: false);
        }
        await settingService.ClearCacheAsync();
    }

    /// <summary>All fields: the switch that every gateway has, the declared fields, and the store's own fee.</summary>
    public static IEnumerable<SettingField> FieldsOf(GatewayDescriptor gateway) => [_enabled, .. gateway.Fields, .. gateway.CanChargeFeeToShopper ? [] : _fees];

    /// <summary>True for a field that the gateway does not declare itself.</summary>
    private static bool IsShared(SettingField field) => field == _enabled || _fees.Contains(field);

    /// <summary>Text key of a field's label, without the plugin's prefix. The keys of its hint and options start with it.</summary>
    public static string TextKeyOf(GatewayDescriptor gateway, SettingField field) =>
        IsShared(field) ? $"Fields.{field.Name}" : $"Gateways.{gateway.SystemName}.{field.Name}";

    private static readonly SettingField[] _fees =
    [
        new(GatewaySettings.FeePercent, SettingKind.Number) { Default = "0", Maximum = 50m },
        new(GatewaySettings.FeeAmount, SettingKind.Number) { Default = "0" }
    ];

    private static readonly SettingField _enabled = new(GatewaySettings.Enabled, SettingKind.Flag) { Default = "false" };

    private static bool IsOurs(Setting setting) =>
        setting.Name.StartsWith(CryptoGatewaysDefaults.SettingPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Name of the nopCommerce setting that stores a field.</summary>
    public static string KeyOf(GatewayDescriptor gateway, SettingField field) =>
        $"{CryptoGatewaysDefaults.SettingPrefix}{gateway.SystemName}.{field.Name}".ToLowerInvariant();
}
