using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// The addresses at which a store is reached from outside, as the owner entered them in the platform's list of stores.
/// </summary>
public class StoreAddresses(IStoreContext storeContext, IStoreService storeService, IWebHelper webHelper)
{
    /// <summary>The store's address with a slash at the end.</summary>
    /// <param name="storeId">0 for the store that is being looked at.</param>
    public async Task<Uri> OfAsync(int storeId)
    {
        var store = storeId > 0 ? await storeService.GetStoreByIdAsync(storeId) : await storeContext.GetCurrentStoreAsync();
        return new Uri(Uri.TryCreate($"{store?.Url?.Trim().TrimEnd('/')}/", UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url.AbsoluteUri
            : webHelper.GetStoreLocation());
    }

    /// <summary>Where the provider's webhooks go.</summary>
    public async Task<Uri> WebhookAsync(GatewayDescriptor gateway, int storeId) =>
        new(await OfAsync(storeId), $"Plugins/CryptoGateways/Webhook/{gateway.SystemName}");
}
