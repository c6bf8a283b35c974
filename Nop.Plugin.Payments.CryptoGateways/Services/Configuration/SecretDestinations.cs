using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Sends a stored secret only to the server it was entered for. Otherwise, anyone who may edit settings could learn it by changing a URL.
/// </summary>
public class SecretDestinations(GatewaySettingsStore settingsStore, IStoreService storeService)
{
    /// <summary>Placeholder for a secret that was just entered: whoever entered it also sees the URL.</summary>
    private const string Entered = "\0entered";

    /// <summary>
    /// The fields to enter again before the card is saved or tested: secrets of the edited scope, or shared URLs to which another store would
    /// send a secret that was not entered for them.
    /// </summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="card">The entered settings.</param>
    /// <param name="storeId">The edited store; 0 for all stores.</param>
    public async Task<IReadOnlyList<(SettingField Field, bool IsOtherStores)>> MisdirectedAsync(GatewayDescriptor gateway, GatewayModel card, int storeId)
    {
        var stores = new List<int> { 0 };
        stores.AddRange((await storeService.GetAllStoresAsync()).Select(store => store.Id));
        var found = new List<(SettingField, bool)>();
        foreach (var secret in gateway.Fields.Where(field => field.Kind == SettingKind.Secret))
        {
            var address = gateway.Fields.First(field => field.Name == (secret.SentTo ?? gateway.BaseUrlField));
            var known = new HashSet<(string Secret, string Host)>();
            foreach (var store in stores)
                known.Add((await settingsStore.GetStoredValueAsync(gateway, secret, store) ?? string.Empty, HostOf(address, await settingsStore.GetStoredValueAsync(gateway, address, store) ?? address.Default)));
            known.Add((Entered, HostOf(address, await ValueAfterSavingAsync(gateway, address, card, storeId, storeId))));

            if (await IsMisdirectedAsync(storeId))
                found.Add((secret, false));
            else if (storeId == 0)
            {
                foreach (var store in stores)
                {
                    if (await IsMisdirectedAsync(store))
                        found.Add((address, true));
                }
            }

            async Task<bool> IsMisdirectedAsync(int store)
            {
                var (value, host) = (await ValueAfterSavingAsync(gateway, secret, card, storeId, store), HostOf(address, await ValueAfterSavingAsync(gateway, address, card, storeId, store)));
                return value.Length > 0 && host.Length > 0 && !known.Contains((value, host));
            }
        }
        return [.. found.Distinct()];
    }

    /// <summary>A store's value after the card is saved: a URL, the stored form of a secret, or <see cref="Entered"/>.</summary>
    private async Task<string> ValueAfterSavingAsync(GatewayDescriptor gateway, SettingField field, GatewayModel card, int edited, int store)
    {
        var stored = await settingsStore.GetStoredValueAsync(gateway, field, store) ?? field.Default;
        if (store != edited && await settingsStore.IsOverriddenAsync(gateway, field, store) || card.Fields.FirstOrDefault(posted => posted.Name == field.Name) is not { } posted)
            return stored;
        if (edited > 0 && !posted.OverrideForStore)
            return await settingsStore.GetStoredValueAsync(gateway, field, storeId: 0) ?? field.Default;

        var value = EnteredSettings.ValueOf(field, posted);
        return field.Kind != SettingKind.Secret ? value
            : value.Length > 0 ? Entered
            : posted.Remove ? string.Empty
            : stored;
    }

    /// <summary>Scheme, host and port; empty for an invalid URL, which is neither saved nor called.</summary>
    private static string HostOf(SettingField field, string address) => SettingRules.ErrorOf(field, address) is null
        && Uri.TryCreate(address, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.IdnHost}:{url.Port}" : string.Empty;
}
