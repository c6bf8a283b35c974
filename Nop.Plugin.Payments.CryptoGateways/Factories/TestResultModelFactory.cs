using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Puts into words what was found out by trying.
/// </summary>
public class TestResultModelFactory(FieldModelFactory fields, ILocalizationService localizationService)
{
    public async Task<TestResultModel> CreateAsync(GatewayDescriptor gateway, ConnectionResult result)
    {
        var detail = result.Fields is { } named ? await fields.LabelsAsync(gateway, named) : result.Detail;
        return new TestResultModel(await TextAsync($"Connection.{result.Verdict}", gateway.Name, detail ?? "-"), result.IsFine);
    }

    /// <param name="address">Where the event was sent; null when the store has no usable URL.</param>
    /// <param name="result">What came of it.</param>
    public async Task<TestResultModel> CreateAsync(Uri? address, SelfTestResult result) =>
        new(await TextAsync($"SelfTest.{result.Verdict}", address?.Host ?? "-", result.Detail ?? "-"), result.IsFine);

    private async Task<string> TextAsync(string key, params object[] values) => EditableText.Format(await TextAsync(key), values);

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
