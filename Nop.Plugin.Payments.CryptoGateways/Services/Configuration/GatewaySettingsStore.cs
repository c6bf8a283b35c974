using Nop.Core.Domain.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
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

/// <summary>
/// Finds the gateways that a store can offer.
/// </summary>
public class EnabledGateways(GatewayRegistry registry, GatewaySettingsStore settingsStore)
{
    /// <summary>The enabled and complete gateways of a store, with their effective settings.</summary>
    /// <param name="storeId">The store.</param>
    public async Task<IReadOnlyList<(IPaymentGateway Gateway, GatewaySettings Settings)>> OfStoreAsync(int storeId)
    {
        var enabled = new List<(IPaymentGateway, GatewaySettings)>();
        foreach (var gateway in registry.All)
        {
            if (await settingsStore.LoadAsync(gateway.Descriptor, storeId) is { IsEnabled: true, IsComplete: true } settings)
                enabled.Add((gateway, settings));
        }
        return enabled;
    }
}

/// <summary>
/// The settings that a gateway would have after the entered values are saved.
/// </summary>
public class EnteredSettings(GatewaySettingsStore settingsStore)
{
    /// <param name="gateway">The gateway.</param>
    /// <param name="card">The entered values. An empty secret means the stored one, unless it is to be removed.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task<GatewaySettings> OfAsync(GatewayDescriptor gateway, GatewayModel card, int storeId)
    {
        var (stored, shared) = (await settingsStore.LoadAsync(gateway, storeId), await settingsStore.LoadAsync(gateway, 0));
        var values = new Dictionary<string, string>();
        foreach (var field in GatewaySettingsStore.FieldsOf(gateway))
        {
            var posted = card.Fields.FirstOrDefault(other => other.Name == field.Name);
            values[field.Name] = posted switch
            {
                null => stored.Text(field.Name),
                { OverrideForStore: false } when storeId > 0 => shared.Text(field.Name),
                _ when ValueOf(field, posted) is { Length: > 0 } value => value,
                _ => field.Kind == SettingKind.Secret && !posted.Remove ? stored.Text(field.Name) : string.Empty
            };
        }
        return new GatewaySettings(gateway, values);
    }

    /// <summary>The stored form of an entered value; empty for a secret that is not changed.</summary>
    public static string ValueOf(SettingField field, FieldModel posted) => field.Kind switch
    {
        SettingKind.Choices => string.Join(',', posted.Values),
        SettingKind.Flag => posted.Value == GatewaySettings.FlagOn ? GatewaySettings.FlagOn : "false",
        _ => posted.Value?.Trim() ?? string.Empty
    };
}
