using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Localization;

/// <summary>
/// Shows administrators the result of an operation on the next page.
/// </summary>
public class AdminMessages(INotificationService notificationService, PluginTexts texts)
{
    /// <inheritdoc cref="PluginTexts.GetAsync"/>
    public Task<string> TextAsync(string key, params object[] values) => texts.GetAsync(key, values);

    /// <inheritdoc cref="PluginTexts.GetAsync"/>
    public async Task SuccessAsync(string key, params object[] values) => notificationService.SuccessNotification(await texts.GetAsync(key, values));

    /// <inheritdoc cref="PluginTexts.GetAsync"/>
    public async Task ErrorAsync(string key, params object[] values) => notificationService.ErrorNotification(await texts.GetAsync(key, values));

    /// <summary>The platform's own message after settings were saved.</summary>
    public async Task SettingsSavedAsync() => notificationService.SuccessNotification(await texts.PlatformAsync("Admin.Plugins.Saved"));

    /// <summary>The result of a connection test in words.</summary>
    public async Task<TestResultModel> TestResultAsync(IPaymentGateway gateway, ConnectionResult result) =>
        new(await texts.GetAsync($"Connection.{result.Verdict}", gateway.Descriptor.Name, result.Detail ?? "-"), result.IsFine);

    /// <param name="text">A finished text.</param>
    /// <param name="isSuccess">False for an error.</param>
    public void Show(string text, bool isSuccess)
    {
        if (isSuccess)
            notificationService.SuccessNotification(text);
        else
            notificationService.ErrorNotification(text);
    }
}
