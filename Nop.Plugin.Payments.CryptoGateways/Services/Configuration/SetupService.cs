using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// The last step of the first set-up: what was entered is tried, saved for all stores, and offered at checkout.
/// </summary>
public class SetupService(ConnectionTester tester, ConfigurationSaver saver, ISettingService settingService, PaymentSettings paymentSettings)
{
    /// <summary>Nothing is saved unless the result is fine, or the gateway has nothing to try.</summary>
    public async Task<ConnectionResult> SwitchOnAsync(IPaymentGateway gateway, GatewayCardModel entered)
    {
        var result = await tester.TestAsync(gateway, entered, storeId: 0);
        if (!result.IsFine && result.Verdict != ConnectionAnalysis.CannotTell)
            return result;

        var isOn = new FieldModel { Name = GatewaySettings.Enabled, Value = GatewaySettings.FlagOn };
        await saver.SaveAsync(entered with { Fields = [.. entered.Fields.Where(field => field.Name != isOn.Name), isOn] }, storeId: 0);
        if (!paymentSettings.ActivePaymentMethodSystemNames.Contains(CryptoGatewaysDefaults.SystemName))
        {
            paymentSettings.ActivePaymentMethodSystemNames.Add(CryptoGatewaysDefaults.SystemName);
            await settingService.SaveSettingAsync(paymentSettings, settings => settings.ActivePaymentMethodSystemNames);
        }
        await settingService.ClearCacheAsync();
        return result;
    }
}
