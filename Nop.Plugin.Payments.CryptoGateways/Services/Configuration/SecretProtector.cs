using System.Globalization;
using System.Security.Cryptography;
using Nop.Core.Domain.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Encrypts stored secrets with the store's encryption key. A marker distinguishes them from plain values.
/// </summary>
public class SecretProtector(IEncryptionService encryptionService)
{
    private const string Marker = "enc1:";

    /// <summary>Start of the plaintext. Decrypting with a wrong key can succeed and return garbage, which does not start with it.</summary>
    private const string PlaintextPrefix = "secret:";

    public static bool IsProtected(string? stored) => stored?.StartsWith(Marker, StringComparison.Ordinal) == true;

    /// <summary>The stored form of a secret; empty for an empty one.</summary>
    public string Protect(string secret) => secret.Length == 0 ? string.Empty : Marker + encryptionService.EncryptText(PlaintextPrefix + secret);

    /// <summary>True for a secret that was encrypted with a key other than the store's current one.</summary>
    public bool IsUnreadable(string stored) => IsProtected(stored) && Unprotect(stored).Length == 0;

    /// <summary>
    /// The secret; empty if it cannot be decrypted, because the store's encryption key was changed outside nopCommerce. A value without the
    /// marker was written into the settings table by hand and is returned as is.
    /// </summary>
    /// <param name="stored">The stored form.</param>
    /// <param name="key">The encryption key; empty for the store's current one.</param>
    public string Unprotect(string stored, string key = "")
    {
        if (!IsProtected(stored))
            return stored;

        try
        {
            var text = encryptionService.DecryptText(stored[Marker.Length..], key);
            return text.StartsWith(PlaintextPrefix, StringComparison.Ordinal) ? text[PlaintextPrefix.Length..] : string.Empty;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return string.Empty;
        }
    }
}

/// <summary>
/// Keeps a replaced secret for a while, because the provider may still sign webhooks with it. It only verifies webhooks and is never sent.
/// It is stored like the secret itself, under the same name with a suffix.
/// </summary>
public class PreviousSecrets(GatewaySettingsStore settingsStore, ISettingService settingService, SecretProtector secrets, TimeProvider time)
{
    /// <summary>How long a replaced secret verifies webhooks.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    private const string ValueSuffix = ".previous";

    private const string UntilSuffix = ".previousuntil";

    /// <summary>Keeps the current secret before it is replaced; a removed secret is not kept. The caller clears the cache.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="field">Any setting; only secrets that verify webhooks are kept.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="next">The new value.</param>
    public async Task KeepAsync(GatewayDescriptor gateway, SettingField field, int storeId, string next)
    {
        if (!field.VerifiesWebhooks || (await settingsStore.LoadAsync(gateway, storeId)).Text(field.Name) is var current && current == next)
            return;

        var key = GatewaySettingsStore.KeyOf(gateway, field);
        if (next.Length == 0)
            await EndAsync(gateway, field, storeId);
        else if (current.Length > 0)
        {
            await settingService.SetSettingAsync(key + ValueSuffix, secrets.Protect(current), storeId, clearCache: false);
            await settingService.SetSettingAsync(key + UntilSuffix, (time.GetUtcNow().UtcDateTime + Validity).ToString("O", CultureInfo.InvariantCulture), storeId, clearCache: false);
        }
    }

    /// <summary>Deletes the previous secret, so that it no longer verifies webhooks. The caller clears the cache.</summary>
    public async Task EndAsync(GatewayDescriptor gateway, SettingField field, int storeId)
    {
        foreach (var suffix in new[] { UntilSuffix, ValueSuffix })
        {
            if (await settingService.GetSettingAsync(GatewaySettingsStore.KeyOf(gateway, field) + suffix, storeId) is { } setting)
                await settingService.DeleteSettingAsync(setting);
        }
    }

    /// <summary>Until when the previous secret of a store (0: of all stores) verifies webhooks, UTC; null if there is none.</summary>
    public async Task<DateTime?> UntilAsync(GatewayDescriptor gateway, SettingField field, int storeId) =>
        field.VerifiesWebhooks && await settingService.GetSettingAsync(GatewaySettingsStore.KeyOf(gateway, field) + UntilSuffix, storeId) is { } setting
        ? UntilIn(setting) : null;

    /// <summary>Deletes the expired previous secrets of all stores.</summary>
    public async Task RemoveExpiredAsync()
    {
        var all = await settingService.GetAllSettingsAsync();
        var expired = all.Where(setting => setting.Name.StartsWith(CryptoGatewaysDefaults.SettingPrefix, StringComparison.OrdinalIgnoreCase)
                && setting.Name.EndsWith(UntilSuffix, StringComparison.OrdinalIgnoreCase) && UntilIn(setting) is null)
            .Select(setting => (Name: setting.Name[..^UntilSuffix.Length], setting.StoreId)).ToHashSet();
        if (expired.Count > 0)
            await settingService.DeleteSettingsAsync([.. all.Where(setting => new[] { UntilSuffix, ValueSuffix }.Any(suffix =>
                setting.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && expired.Contains((setting.Name[..^suffix.Length], setting.StoreId))))]);
    }

    /// <summary>
    /// The settings that verify a store's webhooks: first the current ones, then every combination with previous secrets. Do not use them for
    /// calls.
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

    /// <summary>The time in a setting; null if it has passed.</summary>
    private DateTime? UntilIn(Setting setting) =>
        DateTime.TryParseExact(setting.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until) && until > time.GetUtcNow().UtcDateTime ? until : null;

    /// <summary>A store that does not override the secret also uses the previous shared one.</summary>
    private async Task<IReadOnlyList<string>> ValuesAsync(GatewayDescriptor gateway, SettingField field, int storeId)
    {
        var values = new List<string>();
        foreach (var scope in storeId == 0 || await settingsStore.IsOverriddenAsync(gateway, field, storeId) ? [storeId] : new[] { storeId, 0 })
        {
            if (await UntilAsync(gateway, field, scope) is not null
                && await settingService.GetSettingAsync(GatewaySettingsStore.KeyOf(gateway, field) + ValueSuffix, scope) is { } setting
                && secrets.Unprotect(setting.Value) is { Length: > 0 } value)
                values.Add(value);
        }
        return values;
    }
}
