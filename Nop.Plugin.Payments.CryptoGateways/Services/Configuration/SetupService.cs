using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Installation;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// What the configuration page does with a single gateway: test it, test its webhook address, and switch it on at the end of the guide.
/// </summary>
public class SetupService(GatewayRegistry registry, ConnectionTester tester, ConfigurationSaver saver, PlatformEntries entries, WebhookSelfTest selfTest, StoreUrls addresses)
{
    /// <summary>Null for an unknown gateway.</summary>
    public IPaymentGateway? Find(string? systemName) => registry.Find(systemName);

    /// <inheritdoc cref="ConnectionTester.TestAsync"/>
    public Task<ConnectionResult> TestAsync(IPaymentGateway gateway, GatewayCardModel entered, int storeId) => tester.TestAsync(gateway, entered, storeId);

    /// <summary>
    /// Tests what was entered, saves it for all stores, and activates gateway and payment method. Nothing is saved unless the test succeeds
    /// or the gateway has nothing to test.
    /// </summary>
    public async Task<ConnectionResult> SwitchOnAsync(IPaymentGateway gateway, GatewayCardModel entered)
    {
        var result = await tester.TestAsync(gateway, entered, storeId: 0);
        if (!result.IsFine && result.Verdict != ConnectionAnalysis.CannotTell)
            return result;

        var isOn = new FieldModel { Name = GatewaySettings.Enabled, Value = GatewaySettings.FlagOn };
        await saver.SaveAsync(entered with { Fields = [.. entered.Fields.Where(field => field.Name != isOn.Name), isOn] }, storeId: 0);
        await entries.ActivateAsync();
        return result;
    }

    /// <summary>Sends a test event to the webhook address of a store; the address is null when the store has no usable URL.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for the current store.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public async Task<(Uri? Address, SelfTestResult Result)> SelfTestAsync(IPaymentGateway gateway, int storeId, CancellationToken cancellationToken)
    {
        var address = await addresses.WebhookAsync(gateway.Descriptor, storeId);
        return (address, address is null ? new SelfTestResult(SelfTestAnalysis.NoAddress) : await selfTest.SendAsync(address, cancellationToken));
    }
}
