using FluentValidation;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.CryptoGateways.Validators;

/// <summary>
/// Validates the general settings; nopCommerce runs it on every request that posts them. <see cref="GatewayValidator"/> validates the settings of
/// a gateway.
/// </summary>
public class ConfigurationValidator : BaseNopValidator<ConfigurationModel>
{
    private readonly IStoreContext _storeContext;

    public ConfigurationValidator(IStoreContext storeContext, PluginTexts texts)
    {
        _storeContext = storeContext;

        RuleFor(model => model.WatchDays).InclusiveBetween(1, 365)
            .WithMessageAwait(() => texts.GetAsync("Invalid.WatchDays")).WhenAwait(model => IsSavedAsync(model.WatchDays_OverrideForStore));
        RuleFor(model => model.UnderpaidPercent).Must(text => PriceText.ReadTolerance(text) is <= PaymentPolicy.MaxTolerancePercent)
            .WithMessageAwait(() => texts.GetAsync("Invalid.UnderpaidPercent")).WhenAwait(model => IsSavedAsync(model.UnderpaidPercent_OverrideForStore));
        RuleFor(model => model.UnderpaidAmount).Must(text => PriceText.ReadTolerance(text) is not null)
            .WithMessageAwait(() => texts.GetAsync("Invalid.UnderpaidAmount")).WhenAwait(model => IsSavedAsync(model.UnderpaidAmount_OverrideForStore));
        RuleFor(model => model.CancelUnpaidAfterHours).InclusiveBetween(0, 8760)
            .WithMessageAwait(() => texts.GetAsync("Invalid.CancelUnpaidAfterHours")).WhenAwait(model => IsSavedAsync(model.CancelUnpaidAfterHours_OverrideForStore));
        RuleFor(model => model.InboxRetentionDays).InclusiveBetween(7, 3650)
            .WithMessageAwait(() => texts.GetAsync("Invalid.InboxRetentionDays")).WhenAwait(_ => IsSavedAsync(isOverridden: false));
        RuleFor(model => model.QuoteMinutes).InclusiveBetween(5, 1440)
            .WithMessageAwait(() => texts.GetAsync("Invalid.QuoteMinutes")).WhenAwait(model => IsSavedAsync(model.QuoteMinutes_OverrideForStore));
        RuleFor(model => model.MaximumPriceAgeHours).InclusiveBetween(1, 8760)
            .WithMessageAwait(() => texts.GetAsync("Invalid.MaximumPriceAgeHours")).WhenAwait(model => IsSavedAsync(model.MaximumPriceAgeHours_OverrideForStore));
        RuleFor(model => model.AccentColor).Must(text => string.IsNullOrWhiteSpace(text) || AccentColor.Parse(text) is { IsReadable: true })
            .WithMessageAwait(() => texts.GetAsync("Invalid.AccentColor")).WhenAwait(model => IsSavedAsync(model.AccentColor_OverrideForStore));

        RuleForEach(model => model.Prices).ChildRules(row => row.RuleFor(price => price.NewPrice)
            .Must(text => string.IsNullOrWhiteSpace(text) || PriceText.Read(text.Trim()) is not null).WithMessageAwait(() => texts.GetAsync("Invalid.Price")));
    }

    /// <summary>A store saves only the settings that it overrides; the page does not send the others.</summary>
    private async Task<bool> IsSavedAsync(bool isOverridden) => isOverridden || await _storeContext.GetActiveStoreScopeConfigurationAsync() == 0;
}
