using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the configuration page: the list of gateways and the setup guide.
/// </summary>
public class GatewayListModelFactory(GatewayRegistry registry, GatewayModelFactory gateways, OverviewModelFactory overview, PaymentSearch search,
    StoreUrls urls, PaymentSettings paymentSettings)
{
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="chosen">System name of the gateway to set up in the guide; null for the first ready one, else the first.</param>
    /// <param name="entered">What was entered in the guide and is not saved yet.</param>
    public async Task<GatewayListModel> PrepareGatewayListModelAsync(int storeId, string? chosen = null, GatewayModel? entered = null)
    {
        var model = new GatewayListModel();
        var lastPaid = await search.LastPaidAsync();
        foreach (var gateway in registry.All)
            model.Gateways.Add(await gateways.PrepareGatewayRowModelAsync(gateway, storeId, lastPaid.TryGetValue(gateway.Descriptor.SystemName, out var paid) ? paid : null));
        await overview.PrepareOverviewAsync(model, storeId);
        if (storeId == 0)
            model.Guide = await PrepareSetupModelAsync([.. model.Gateways.Where(row => row.State is GatewayState.Ready or GatewayState.Failing).Select(row => row.SystemName)], chosen, entered);
        return model;
    }

    /// <summary>Null once a first payment exists: the store is set up then.</summary>
    private async Task<SetupModel?> PrepareSetupModelAsync(IReadOnlyCollection<string> ready, string? chosen, GatewayModel? entered)
    {
        var isActive = paymentSettings.ActivePaymentMethodSystemNames.Contains(CryptoGatewaysDefaults.SystemName);
        if (isActive && ready.Count > 0 && await search.AnyAsync())
            return null;

        var gateway = registry.Find(chosen) ?? registry.Find(ready.FirstOrDefault()) ?? registry.All[0];
        return new SetupModel
        {
            Providers = [.. registry.All.Select(one => (one.Descriptor.SystemName, one.Descriptor.Name))],
            Setup = await gateways.PrepareSetupGatewayModelAsync(gateway, entered),
            IsDone = isActive && ready.Count > 0 && chosen is null,
            StoreUrl = (await urls.FindAsync(storeId: 0))?.AbsoluteUri ?? "/"
        };
    }
}
