using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

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
