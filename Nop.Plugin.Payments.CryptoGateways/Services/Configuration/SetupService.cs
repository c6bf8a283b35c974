using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Installation;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Tests a gateway's connection and webhook URL, and enables it at the end of the setup guide.
/// </summary>
public class SetupService(GatewayRegistry registry, ConnectionTester tester, ConfigurationSaver saver, PlatformEntries entries, WebhookSelfTest selfTest, StoreUrls urls)
{
    /// <summary>Null if no gateway has this system name.</summary>
    public IPaymentGateway? Find(string? systemName) => registry.Find(systemName);

    /// <inheritdoc cref="ConnectionTester.TestAsync"/>
    public Task<ConnectionResult> TestAsync(IPaymentGateway gateway, GatewayModel entered, int storeId) => tester.TestAsync(gateway, entered, storeId);

    /// <summary>
    /// Tests the entered settings, saves them for all stores, and enables the gateway and the payment method. If the test fails, nothing is
    /// saved. A gateway without a connection test is saved untested.
    /// </summary>
    public async Task<ConnectionResult> SwitchOnAsync(IPaymentGateway gateway, GatewayModel entered)
    {
        var result = await tester.TestAsync(gateway, entered, storeId: 0);
        if (!result.IsFine && result.Verdict != ConnectionAnalysis.CannotTell)
            return result;

        var isOn = new FieldModel { Name = GatewaySettings.Enabled, Value = GatewaySettings.FlagOn };
        await saver.SaveAsync(entered with { Fields = [.. entered.Fields.Where(field => field.Name != isOn.Name), isOn] }, storeId: 0);
        await entries.ActivateAsync();
        return result;
    }

    /// <summary>Sends a test event to a store's webhook URL, which is null if the store's own URL is missing or invalid.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for the current store.</param>
    /// <param name="cancellationToken">Cancels the test.</param>
    public async Task<(Uri? Url, SelfTestResult Result)> SelfTestAsync(IPaymentGateway gateway, int storeId, CancellationToken cancellationToken)
    {
        var url = await urls.WebhookAsync(gateway.Descriptor, storeId);
        return (url, url is null ? new SelfTestResult(SelfTestAnalysis.NoAddress) : await selfTest.SendAsync(url, cancellationToken));
    }
}
