using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Reads and writes gateways' settings as rows of the platform's settings, each with its override per store.
/// </summary>
public class GatewaySettingsStore(ISettingService settingService, SecretProtector secrets)
{
    /// <summary>The settings that count for a store (0: for all stores).</summary>
    public async Task<GatewaySettings> LoadAsync(GatewayDescriptor gateway, int storeId)
    {
        var values = new Dictionary<string, string>();
        foreach (var field in FieldsOf(gateway))
        {
            var stored = await StoredAsync(gateway, field, storeId);
            values[field.Name] = stored is null ? field.Default : field.Kind == SettingKind.Secret ? secrets.Reveal(stored) : stored;
        }
        return new GatewaySettings(gateway, values);
    }

    /// <summary>The stored form of a value that counts for a store (0: for all stores), encrypted if it is a secret; null when there is none.</summary>
    public Task<string?> StoredAsync(GatewayDescriptor gateway, SettingField field, int storeId) =>
        settingService.GetSettingByKeyAsync<string?>(KeyOf(gateway, field), null, storeId, loadSharedValueIfNotFound: true);

    /// <summary>True for a secret that was encrypted with another key than the store's present one.</summary>
    public async Task<bool> IsUnreadableAsync(GatewayDescriptor gateway, SettingField field, int storeId) =>
        field.Kind == SettingKind.Secret && await StoredAsync(gateway, field, storeId) is { } stored && secrets.IsUnreadable(stored);

    /// <summary>True when the store has a value of its own.</summary>
    public async Task<bool> IsOverriddenAsync(GatewayDescriptor gateway, SettingField field, int storeId) =>
        storeId > 0 && await settingService.GetSettingAsync(KeyOf(gateway, field), storeId) is not null;

    /// <summary>Stores a value for a store (0: for all stores); secrets are encrypted. The caller clears the cache.</summary>
    public Task SaveAsync(GatewayDescriptor gateway, SettingField field, string value, int storeId) =>
        settingService.SetSettingAsync(KeyOf(gateway, field), field.Kind == SettingKind.Secret ? secrets.Protect(value) : value, storeId, clearCache: false);

    /// <summary>Removes a store's own value, so that the shared one counts again.</summary>
    public async Task RemoveOverrideAsync(GatewayDescriptor gateway, SettingField field, int storeId)
    {
        if (storeId > 0 && await settingService.GetSettingAsync(KeyOf(gateway, field), storeId) is { } setting)
            await settingService.DeleteSettingAsync(setting);
    }

    /// <summary>Removes every gateway's settings of every store.</summary>
    public async Task RemoveAllAsync()
    {
        var all = await settingService.GetAllSettingsAsync();
        await settingService.DeleteSettingsAsync([.. all.Where(IsOurs)]);
    }

    /// <summary>
    /// Encrypts every stored secret anew after the store's encryption key changed. One that the old key does not decrypt stays as it
    /// is: it can be read again once the owner restores the key that encrypted it.
    /// </summary>
    /// <param name="oldKey">The store's encryption key until now.</param>
    public async Task ReprotectAsync(string oldKey)
    {
        foreach (var setting in (await settingService.GetAllSettingsAsync()).Where(setting => IsOurs(setting) && SecretProtector.IsProtected(setting.Value)))
        {
            if (secrets.Reveal(setting.Value, oldKey) is not { Length: > 0 } secret)
                continue;

            setting.Value = secrets.Protect(secret);
            await settingService.UpdateSettingAsync(setting, clearCache: false);
        }
        await settingService.ClearCacheAsync();
    }

    /// <summary>The gateway's declared fields, after the switch that every gateway has and before the store's own fee.</summary>
    public static IEnumerable<SettingField> FieldsOf(GatewayDescriptor gateway) => [_enabled, .. gateway.Fields, .. gateway.ChargesFee ? [] : _fees];

    /// <summary>True for the fields that are not of one gateway: their texts are Plugins.Payments.CryptoGateways.Settings.{name}.</summary>
    public static bool IsShared(SettingField field) => field == _enabled || _fees.Contains(field);

    /// <summary>Per cent; more is a slip.</summary>
    private const decimal MostFeePercent = 50m;

    private static readonly SettingField[] _fees =
    [
        new(GatewaySettings.FeePercent, SettingKind.Number) { Default = "0", IsWellFormed = value => GatewaySettings.NumberIn(value) <= MostFeePercent },
        new(GatewaySettings.FeeAmount, SettingKind.Number) { Default = "0" }
    ];

    private static readonly SettingField _enabled = new(GatewaySettings.Enabled, SettingKind.Flag) { Default = "false" };

    private static bool IsOurs(Nop.Core.Domain.Configuration.Setting setting) =>
        setting.Name.StartsWith(CryptoGatewaysDefaults.SettingPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Name of a field's row among the platform's settings.</summary>
    public static string KeyOf(GatewayDescriptor gateway, SettingField field) =>
        $"{CryptoGatewaysDefaults.SettingPrefix}{gateway.SystemName}.{field.Name}".ToLowerInvariant();
}
