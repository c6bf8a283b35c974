using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// The gateways that a store can offer.
/// </summary>
public class EnabledGateways(GatewayRegistry registry, GatewaySettingsStore settingsStore)
{
    /// <summary>Those that are switched on for a store and have every setting that they need, with the settings that count there.</summary>
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
/// A gateway's settings as they would count if what stands on the configuration page were saved.
/// </summary>
public class EnteredSettings(GatewaySettingsStore settingsStore)
{
    /// <param name="gateway">The gateway.</param>
    /// <param name="card">What was entered; a secret left empty is the stored one, unless it is to be removed.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task<GatewaySettings> OfAsync(GatewayDescriptor gateway, GatewayCardModel card, int storeId)
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

    /// <summary>What was entered in the form in which it is stored; empty for a secret that stays as it is.</summary>
    public static string ValueOf(SettingField field, FieldModel posted) => field.Kind switch
    {
        SettingKind.Choices => string.Join(',', posted.Values),
        SettingKind.Flag => posted.Value == GatewaySettings.FlagOn ? GatewaySettings.FlagOn : "false",
        _ => posted.Value?.Trim() ?? string.Empty
    };
}

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
    public static IEnumerable<SettingField> FieldsOf(GatewayDescriptor gateway) => [_enabled, .. gateway.Fields, .. gateway.CanChargeFeeToShopper ? [] : _fees];

    /// <summary>True for the fields that every gateway has.</summary>
    private static bool IsShared(SettingField field) => field == _enabled || _fees.Contains(field);

    /// <summary>Text key of a field's label, without the plugin's prefix; its hint and its choices have keys below it.</summary>
    public static string TextKeyOf(GatewayDescriptor gateway, SettingField field) =>
        IsShared(field) ? $"Settings.{field.Name}" : $"Gateways.{gateway.SystemName}.{field.Name}";

    private static readonly SettingField[] _fees =
    [
        new(GatewaySettings.FeePercent, SettingKind.Number) { Default = "0", Maximum = 50m },
        new(GatewaySettings.FeeAmount, SettingKind.Number) { Default = "0" }
    ];

    private static readonly SettingField _enabled = new(GatewaySettings.Enabled, SettingKind.Flag) { Default = "false" };

    private static bool IsOurs(Nop.Core.Domain.Configuration.Setting setting) =>
        setting.Name.StartsWith(CryptoGatewaysDefaults.SettingPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Name of a field's row among the platform's settings.</summary>
    public static string KeyOf(GatewayDescriptor gateway, SettingField field) =>
        $"{CryptoGatewaysDefaults.SettingPrefix}{gateway.SystemName}.{field.Name}".ToLowerInvariant();
}
