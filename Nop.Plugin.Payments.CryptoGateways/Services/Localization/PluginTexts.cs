using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Localization;

/// <summary>
/// The plugin's texts in the current user's language, and the time zone in which that user reads times.
/// </summary>
public class PluginTexts(ILocalizationService localizationService, IDateTimeHelper dateTimeHelper, GatewayRegistry gateways)
{
    /// <param name="key">Key without <see cref="CryptoGatewaysDefaults.TextPrefix"/>.</param>
    /// <param name="values">Values of {0}, {1} and so on.</param>
    public async Task<string> GetAsync(string key, params object[] values)
    {
        var text = await localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
        return values.Length == 0 ? text : EditableText.Format(text, values);
    }

    /// <summary>A text of the platform.</summary>
    /// <param name="key">Full key.</param>
    public Task<string> PlatformAsync(string key) => localizationService.GetResourceAsync(key);

    public Task<string> LabelAsync(GatewayDescriptor gateway, SettingField field) => GetAsync(GatewaySettingsStore.TextKeyOf(gateway, field));

    /// <summary>A coin's name, or the translated name of a payment method that is no coin, such as a card.</summary>
    public async Task<string> CoinNameAsync(GatewayDescriptor gateway, CoinDescriptor coin) =>
        coin.IsMethod ? await GetAsync($"Gateways.{gateway.SystemName}.Coin.{coin.Code}") : coin.Name;

    /// <summary>A coin's name with its network, or the name of a payment method that is no coin.</summary>
    public async Task<string> CoinAsync(GatewayDescriptor gateway, CoinDescriptor coin) =>
        coin is { IsMethod: false, Network: { } network } ? await GetAsync("Config.CoinOnNetwork", coin.Name, network) : await CoinNameAsync(gateway, coin);

    /// <summary>The same for a stored code; the code itself when the gateway no longer has it.</summary>
    public async Task<string> CoinAsync(string systemName, string code) =>
        gateways.Find(systemName)?.Descriptor is { } gateway && gateway.Coins.FirstOrDefault(coin => coin.Code == code) is { } coin ? await CoinAsync(gateway, coin) : code;

    /// <summary>A choice of coin and gateway in words; see <see cref="PaymentOption.Choice"/>.</summary>
    public async Task<string> ChoiceAsync(string choice) =>
        choice.Split(':', 2) is [var systemName, var code] && gateways.Find(systemName)?.Descriptor is { } gateway
            ? await GetAsync("Order.Choice", await CoinAsync(systemName, code), gateway.Name) : choice;

    /// <summary>The labels of several settings, separated by commas.</summary>
    public async Task<string> LabelsAsync(GatewayDescriptor gateway, IEnumerable<SettingField> fields)
    {
        var labels = new List<string>();
        foreach (var field in fields)
            labels.Add(await LabelAsync(gateway, field));
        return string.Join(", ", labels);
    }

    /// <summary>A time to the minute in the current user's culture and time zone, with the zone's offset. Isolated from text of the other direction.</summary>
    public async Task<string> TimeAsync(DateTime utc)
    {
        var time = TimeZoneInfo.ConvertTime(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)), await TimeZoneAsync());
        var offset = time.Offset == TimeSpan.Zero ? string.Empty : time.ToString("zzz", CultureInfo.InvariantCulture);
        return $"\u2068{time.ToString("g", CultureInfo.CurrentCulture)} UTC{offset}\u2069";
    }

    /// <summary>The time zone in the store's settings, for files and reports that several people read.</summary>
    public TimeZoneInfo StoreTimeZone => dateTimeHelper.DefaultStoreTimeZone;

    public Task<TimeZoneInfo> TimeZoneAsync() => dateTimeHelper.GetCurrentTimeZoneAsync();
}

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
