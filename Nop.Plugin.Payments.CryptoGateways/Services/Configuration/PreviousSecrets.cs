using System.Globalization;
using Nop.Core.Domain.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Keeps the secret that an owner replaced for a while, because the provider may still sign webhooks with it. It only verifies
/// webhooks and is part of no call. It is stored like the secret itself, under the same name with an ending.
/// </summary>
public class PreviousSecrets(GatewaySettingsStore settingsStore, ISettingService settingService, SecretProtector secrets, TimeProvider time)
{
    /// <summary>How long a replaced secret verifies webhooks.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    private const string ValueEnding = ".previous";

    private const string UntilEnding = ".previousuntil";

    /// <summary>Keeps the secret that counts now, before another takes its place; a secret that is removed is not kept. The caller clears the cache.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="field">Any of its settings; only secrets that verify webhooks are kept.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="next">What will be stored.</param>
    public async Task KeepAsync(GatewayDescriptor gateway, SettingField field, int storeId, string next)
    {
        if (!field.VerifiesWebhooks || (await settingsStore.LoadAsync(gateway, storeId)).Text(field.Name) is var present && present == next)
            return;

        var key = GatewaySettingsStore.KeyOf(gateway, field);
        if (next.Length == 0)
            await EndAsync(gateway, field, storeId);
        else if (present.Length > 0)
        {
            await settingService.SetSettingAsync(key + ValueEnding, secrets.Protect(present), storeId, clearCache: false);
            await settingService.SetSettingAsync(key + UntilEnding, (time.GetUtcNow().UtcDateTime + Validity).ToString("O", CultureInfo.InvariantCulture), storeId, clearCache: false);
        }
    }

    /// <summary>From now on the previous secret verifies nothing. The caller clears the cache.</summary>
    public async Task EndAsync(GatewayDescriptor gateway, SettingField field, int storeId)
    {
        foreach (var ending in new[] { UntilEnding, ValueEnding })
        {
            if (await settingService.GetSettingAsync(GatewaySettingsStore.KeyOf(gateway, field) + ending, storeId) is { } setting)
                await settingService.DeleteSettingAsync(setting);
        }
    }

    /// <summary>Until when the secret that was replaced in this scope (0: for all stores) verifies webhooks, UTC; null when there is none.</summary>
    public async Task<DateTime?> UntilAsync(GatewayDescriptor gateway, SettingField field, int storeId) =>
        field.VerifiesWebhooks && await settingService.GetSettingAsync(GatewaySettingsStore.KeyOf(gateway, field) + UntilEnding, storeId) is { } setting
        ? UntilIn(setting) : null;

    /// <summary>Removes secrets whose time is over, of every store; the task calls it.</summary>
    public async Task RemoveExpiredAsync()
    {
        var all = await settingService.GetAllSettingsAsync();
        var over = all.Where(setting => setting.Name.StartsWith(CryptoGatewaysDefaults.SettingPrefix, StringComparison.OrdinalIgnoreCase)
                && setting.Name.EndsWith(UntilEnding, StringComparison.OrdinalIgnoreCase) && UntilIn(setting) is null)
            .Select(setting => (Name: setting.Name[..^UntilEnding.Length], setting.StoreId)).ToHashSet();
        if (over.Count > 0)
            await settingService.DeleteSettingsAsync([.. all.Where(setting => new[] { UntilEnding, ValueEnding }.Any(ending =>
                setting.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && over.Contains((setting.Name[..^ending.Length], setting.StoreId))))]);
    }

    /// <summary>
    /// The settings with which a store's webhooks are verified: first those that count, then the same with previous secrets, in each
    /// combination. They must not be used for calls.
    /// </summary>
    public async Task<IReadOnlyList<GatewaySettings>> VerifyingAsync(GatewayDescriptor gateway, int storeId)
    {
        var all = new List<GatewaySettings> { await settingsStore.LoadAsync(gateway, storeId) };
        foreach (var field in gateway.Fields.Where(field => field.VerifiesWebhooks))
        {
            var values = await ValuesAsync(gateway, field, storeId);
            all.AddRange(all.SelectMany(settings => values.Select(value => settings.With(field.Name, value))).ToList());
        }
        return all;
    }

    /// <summary>The time that a setting holds; null when it is over.</summary>
    private DateTime? UntilIn(Setting setting) =>
        DateTime.TryParseExact(setting.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until) && until > time.GetUtcNow().UtcDateTime ? until : null;

    /// <summary>A store without a value of its own also has the shared one's predecessor.</summary>
    private async Task<IReadOnlyList<string>> ValuesAsync(GatewayDescriptor gateway, SettingField field, int storeId)
    {
        var values = new List<string>();
        foreach (var scope in storeId == 0 || await settingsStore.IsOverriddenAsync(gateway, field, storeId) ? [storeId] : new[] { storeId, 0 })
        {
            if (await UntilAsync(gateway, field, scope) is not null
                && await settingService.GetSettingAsync(GatewaySettingsStore.KeyOf(gateway, field) + ValueEnding, scope) is { } setting
                && secrets.Reveal(setting.Value) is { Length: > 0 } value)
                values.Add(value);
        }
        return values;
    }
}
