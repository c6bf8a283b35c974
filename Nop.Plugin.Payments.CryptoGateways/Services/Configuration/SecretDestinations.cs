using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Sends a stored secret only to the host it was stored with: whoever may edit settings must not learn secrets by changing an address.
/// </summary>
public class SecretDestinations(GatewaySettingsStore settingsStore, IStoreService storeService)
{
    /// <summary>Stands for a secret that is on the form: its owner knows it and sees the address.</summary>
    private const string Entered = "\0entered";

    /// <summary>
    /// The fields that have to be entered again before the card may be saved or tried: secrets of the card's own scope, or addresses
    /// that another store does not share, so that a secret would reach a host for which nobody entered it.
    /// </summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="card">What was entered for it.</param>
    /// <param name="storeId">The store that is edited; 0 for all stores.</param>
    public async Task<IReadOnlyList<(SettingField Field, bool IsOtherStores)>> MisdirectedAsync(GatewayDescriptor gateway, GatewayCardModel card, int storeId)
    {
        var stores = new List<int> { 0 };
        stores.AddRange((await storeService.GetAllStoresAsync()).Select(store => store.Id));
        var found = new List<(SettingField, bool)>();
        foreach (var secret in gateway.Fields.Where(field => field.Kind == SettingKind.Secret))
        {
            var address = gateway.Fields.First(field => field.Name == (secret.SentTo ?? gateway.BaseUrlField));
            var known = new HashSet<(string Secret, string Host)>();
            foreach (var store in stores)
                known.Add((await settingsStore.StoredAsync(gateway, secret, store) ?? string.Empty, HostOf(address, await settingsStore.StoredAsync(gateway, address, store) ?? address.Default)));
            known.Add((Entered, HostOf(address, await AfterAsync(gateway, address, card, storeId, storeId))));

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
                var (value, host) = (await AfterAsync(gateway, secret, card, storeId, store), HostOf(address, await AfterAsync(gateway, address, card, storeId, store)));
                return value.Length > 0 && host.Length > 0 && !known.Contains((value, host));
            }
        }
        return [.. found.Distinct()];
    }

    /// <summary>What would count for a store if the card were saved: <see cref="Entered"/> for an entered secret, else the stored form of a secret, or an address.</summary>
    private async Task<string> AfterAsync(GatewayDescriptor gateway, SettingField field, GatewayCardModel card, int edited, int store)
    {
        var stored = await settingsStore.StoredAsync(gateway, field, store) ?? field.Default;
        if (store != edited && await settingsStore.IsOverriddenAsync(gateway, field, store) || card.Fields.FirstOrDefault(posted => posted.Name == field.Name) is not { } posted)
            return stored;
        if (edited > 0 && !posted.OverrideForStore)
            return await settingsStore.StoredAsync(gateway, field, storeId: 0) ?? field.Default;

        var value = EnteredSettings.ValueOf(field, posted);
        return field.Kind != SettingKind.Secret ? value
            : value.Length > 0 ? Entered
            : posted.Remove ? string.Empty
            : stored;
    }

    /// <summary>Scheme, host and port; nothing for what is neither saved nor called.</summary>
    private static string HostOf(SettingField field, string address) => SettingRules.ErrorOf(field, address) is null
        && Uri.TryCreate(address, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.IdnHost}:{url.Port}" : string.Empty;
}
