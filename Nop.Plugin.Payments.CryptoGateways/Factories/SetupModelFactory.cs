using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the setup guide.
/// </summary>
public class SetupModelFactory(GatewayRegistry registry, GatewayCardModelFactory cards, StoreUrls addresses, PaymentSettings paymentSettings,
    IRepository<CryptoPayment> payments)
{
    /// <summary>Null once a first payment exists: the store is set up then.</summary>
    /// <param name="ready">System names of the gateways that are offered at checkout.</param>
    /// <param name="chosen">System name of the gateway to set up; null for the first ready one, else the first.</param>
    public async Task<SetupModel?> CreateAsync(IReadOnlyCollection<string> ready, string? chosen)
    {
        var isActive = paymentSettings.ActivePaymentMethodSystemNames.Contains(CryptoGatewaysDefaults.SystemName);
        if (isActive && ready.Count > 0 && (await payments.GetAllAsync(query => query.Take(1))).Any())
            return null;

        var gateway = registry.Find(chosen) ?? registry.Find(ready.FirstOrDefault()) ?? registry.All[0];
        return new SetupModel
        {
            Providers = [.. registry.All.Select(one => (one.Descriptor.SystemName, one.Descriptor.Name))],
            Setup = await cards.CreateShortAsync(gateway),
            IsDone = isActive && ready.Count > 0 && chosen is null,
            StoreUrl = (await addresses.FindAsync(storeId: 0))?.AbsoluteUri ?? "/"
        };
    }
}
