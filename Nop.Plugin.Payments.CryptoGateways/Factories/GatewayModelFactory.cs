using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the page of a gateway, its row in the list, and its part of the setup guide.
/// </summary>
public class GatewayModelFactory(FieldModelFactory fields, PaymentEventService events, PaymentOptionService options, GatewayHealthStore health,
    StoreUrls urls, PluginTexts texts)
{
    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="entered">What was entered and is not saved yet; null shows the stored settings.</param>
    public async Task<GatewayModel> PrepareGatewayModelAsync(IPaymentGateway gateway, int storeId, GatewayModel? entered = null)
    {
        var descriptor = gateway.Descriptor;
        var settings = await fields.LoadAsync(descriptor, storeId);
        var current = await health.ReadAsync(descriptor.SystemName);
        var model = await PrepareHeadAsync(gateway, storeId, current, (await events.CountOpenWebhooksAsync()).GetValueOrDefault(descriptor.SystemName));
        model.StoreId = storeId;
        model.State = StateOf(settings, current);
        model.Status = await StatusAsync(descriptor, settings, current);
        model.IsTest = settings.IsComplete ? gateway.IsTest(settings) : null;
        model.Fields = await fields.PrepareFieldModelsAsync(descriptor, GatewaySettingsStore.FieldsOf(descriptor), storeId, "field", entered);
        foreach (var coin in settings.Coins.Where(coin => coin.Minimum > 0))
            model.Minimums.Add($"{await texts.CoinAsync(descriptor, coin)} {new Money(coin.Minimum, AmountConverter.UsDollar)}");
        foreach (var coin in settings.Coins.Where(coin => coin.Dust > CoinDust.Account))
            model.Minimums.Add($"{await texts.CoinAsync(descriptor, coin)} {new Money(coin.Dust, coin.Symbol)}");
        foreach (var (coin, quote) in await options.UnavailableReasonsAsync(gateway, settings, storeId))
            model.UnavailableReasons.Add($"{await texts.CoinAsync(descriptor, coin)}: {await texts.GetAsync($"UnavailableReason.{quote.UnavailableReason}", quote.Currency ?? string.Empty)}");
        return model;
    }

    /// <summary>The gateway with its required fields only, for all stores.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="entered">What was entered and is not saved yet; null shows the stored settings.</param>
    public async Task<GatewayModel> PrepareSetupGatewayModelAsync(IPaymentGateway gateway, GatewayModel? entered)
    {
        var model = await PrepareHeadAsync(gateway, storeId: 0, new GatewayHealth(), pendingWebhooks: 0);
        model.Fields = await fields.PrepareFieldModelsAsync(gateway.Descriptor, gateway.Descriptor.Fields.Where(field => field.Required), storeId: 0, "setup", entered);
        model.TestResult = entered?.TestResult;
        return model;
    }

    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="lastPaidUtc">When its last payment was paid, UTC; null if there is none.</param>
    public async Task<GatewayRowModel> PrepareGatewayRowModelAsync(IPaymentGateway gateway, int storeId, DateTime? lastPaidUtc)
    {
        var descriptor = gateway.Descriptor;
        var settings = await fields.LoadAsync(descriptor, storeId);
        var current = await health.ReadAsync(descriptor.SystemName);
        var row = new GatewayRowModel
        {
            SystemName = descriptor.SystemName,
            Name = descriptor.Name,
            About = await AboutAsync(descriptor),
            State = StateOf(settings, current),
            Status = await StatusAsync(descriptor, settings, current),
            LastPayment = AdminText.Minute(lastPaidUtc, await texts.TimeZoneAsync()),
            IsEnabled = settings.IsEnabled
        };
        foreach (var coin in settings.Coins)
            row.Coins.Add((await texts.CoinAsync(descriptor, coin), coin.Icon));
        return row;
    }

    private async Task<GatewayModel> PrepareHeadAsync(IPaymentGateway gateway, int storeId, GatewayHealth current, int pendingWebhooks) => new()
    {
        SystemName = gateway.Descriptor.SystemName,
        Name = gateway.Descriptor.Name,
        About = await AboutAsync(gateway.Descriptor),
        Documentation = gateway.Descriptor.Documentation?.AbsoluteUri,
        CanTest = gateway is IConnectionTest,
        Webhook = gateway is IWebhookGateway ? await PrepareWebhookHealthAsync(gateway.Descriptor, storeId, current, pendingWebhooks) : null
    };

    private async Task<WebhookHealthModel> PrepareWebhookHealthAsync(GatewayDescriptor gateway, int storeId, GatewayHealth current, int pendingWebhooks)
    {
        var zone = await texts.TimeZoneAsync();
        return new WebhookHealthModel
        {
            Url = (await urls.WebhookAsync(gateway, storeId))?.AbsoluteUri ?? string.Empty,
            IsEnteredAtProvider = gateway.RequiresWebhookUrl,
            LastAccepted = AdminText.Minute(current.LastAcceptedOnUtc, zone),
            LastRefused = AdminText.Minute(current.LastRefusedOnUtc, zone),
            Reason = current.RefusalReasonId is { } reason ? await texts.GetAsync($"Refusal.{(RejectionReason)reason}") : null,
            OpenRows = pendingWebhooks
        };
    }

    private Task<string> AboutAsync(GatewayDescriptor gateway) => texts.GetAsync($"Gateways.{gateway.SystemName}.About");

    private static GatewayState StateOf(GatewaySettings settings, GatewayHealth current) =>
        !settings.IsComplete ? GatewayState.Incomplete
        : !settings.IsEnabled ? GatewayState.Off
        : current.FailingSinceUtc is null ? GatewayState.Ready
        : GatewayState.Failing;

    private async Task<string> StatusAsync(GatewayDescriptor gateway, GatewaySettings settings, GatewayHealth current) => StateOf(settings, current) switch
    {
        GatewayState.Incomplete => await texts.GetAsync("Config.Incomplete", await texts.LabelsAsync(gateway, settings.Missing())),
        GatewayState.Failing => await texts.GetAsync("Config.Failing", AdminText.Minute(current.FailingSinceUtc, await texts.TimeZoneAsync())!, await texts.GetAsync($"Fault.{(GatewayFault)(current.FaultId ?? 0)}")),
        GatewayState.Ready => await texts.GetAsync("Config.Ready"),
        _ => await texts.GetAsync("Config.Off")
    };
}

/// <summary>
/// Prepares the settings of a gateway as form fields.
/// </summary>
public class FieldModelFactory(GatewaySettingsStore settingsStore, PreviousSecrets previous, PluginTexts texts)
{
    /// <inheritdoc cref="GatewaySettingsStore.LoadAsync"/>
    public Task<GatewaySettings> LoadAsync(GatewayDescriptor gateway, int storeId) => settingsStore.LoadAsync(gateway, storeId);

    /// <param name="gateway">The gateway.</param>
    /// <param name="fields">The settings to show.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="form">Prefix of the elements' ids, for a page with several forms.</param>
    /// <param name="entered">What was entered and is not saved yet, in place of the stored values.</param>
    public async Task<IList<FieldModel>> PrepareFieldModelsAsync(GatewayDescriptor gateway, IEnumerable<SettingField> fields, int storeId, string form, GatewayModel? entered)
    {
        var settings = await settingsStore.LoadAsync(gateway, storeId);
        var models = new List<FieldModel>();
        foreach (var field in fields)
        {
            var model = await PrepareFieldModelAsync(gateway, field, settings, storeId, form);
            if (entered?.Fields.FirstOrDefault(other => other.Name == field.Name) is { } posted)
                KeepEntered(model, posted);
            models.Add(model);
        }
        return models;
    }

    /// <summary>Puts what was entered in place of the stored value. A browser does not send the fields that a store does not override.</summary>
    private static void KeepEntered(FieldModel model, FieldModel posted)
    {
        (model.Remove, model.EndPrevious, model.OverrideForStore) = (posted.Remove, posted.EndPrevious, posted.OverrideForStore);
        if (model.StoreId > 0 && !posted.OverrideForStore)
            return;

        model.Value = posted.Value;
        model.Options = [.. model.Options.Select(option => option with { IsSelected = posted.Values.Contains(option.Value) || posted.Value == option.Value })];
    }

    private async Task<FieldModel> PrepareFieldModelAsync(GatewayDescriptor gateway, SettingField field, GatewaySettings settings, int storeId, string form)
    {
        var value = settings.Text(field.Name);
        var isUnreadable = await settingsStore.IsUnreadableAsync(gateway, field, storeId);
        var hasSecret = field.Kind == SettingKind.Secret && (value.Length > 0 || isUnreadable);
        return new FieldModel
        {
            Name = field.Name,
            Id = $"{form}-{gateway.SystemName}-{field.Name}",
            StoreId = storeId,
            Kind = field.Kind,
            Label = await texts.LabelAsync(gateway, field),
            Hint = await texts.GetAsync($"{GatewaySettingsStore.TextKeyOf(gateway, field)}.Hint"),
            Value = field.Kind == SettingKind.Secret ? null : value,
            HasSecret = hasSecret,
            IsUnreadable = isUnreadable,
            CanRemove = hasSecret && !(field.Required && field.RequiredWhen(settings)),
            PreviousUntil = AdminText.Minute(await previous.UntilAsync(gateway, field, storeId), await texts.TimeZoneAsync()),
            OverrideForStore = await settingsStore.IsOverriddenAsync(gateway, field, storeId),
            Options = await PrepareOptionsAsync(gateway, field, GatewaySettings.Split(value))
        };
    }

    private async Task<IList<OptionModel>> PrepareOptionsAsync(GatewayDescriptor gateway, SettingField field, string[] selected)
    {
        var options = new List<OptionModel>();
        foreach (var option in field.Options)
        {
            var text = gateway.Coins.FirstOrDefault(coin => field.Name == gateway.CoinsField && coin.Code == option) is { } coin ? await texts.CoinAsync(gateway, coin)
                : field.Kind == SettingKind.Choices ? option
                : await texts.GetAsync($"{GatewaySettingsStore.TextKeyOf(gateway, field)}.{option}");
            options.Add(new OptionModel(option, text, selected.Contains(option)));
        }
        return options;
    }
}
