using FluentValidation;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.CryptoGateways.Validators;

/// <summary>
/// Validates a gateway's settings against the fields that its descriptor declares; see <see cref="SettingRules"/>. A stored secret may only
/// be sent to the server it was entered for; see <see cref="SecretDestinations"/>.
/// </summary>
public class GatewayValidator : BaseNopValidator<GatewayModel>
{
    public GatewayValidator(GatewayRegistry registry, SecretDestinations destinations, IStoreContext storeContext, PluginTexts texts)
    {
        RuleForEach(model => model.Fields).SetValidator((model, posted) => registry.Find(model.SystemName)?.Descriptor is { } gateway
            && GatewaySettingsStore.FieldsOf(gateway).FirstOrDefault(field => field.Name == posted.Name) is { } field
                ? new FieldValidator(field, texts, isOtherStores => IsMisdirectedAsync(gateway, field, model, isOtherStores))
                : null!);

        async Task<bool> IsMisdirectedAsync(GatewayDescriptor gateway, SettingField field, GatewayModel model, bool isOtherStores) =>
            (await destinations.MisdirectedAsync(gateway, model, await storeContext.GetActiveStoreScopeConfigurationAsync())).Contains((field, isOtherStores));
    }

    /// <summary>Internal, so that the platform does not register it.</summary>
    internal sealed class FieldValidator : BaseNopValidator<FieldModel>
    {
        public FieldValidator(SettingField field, PluginTexts texts, Func<bool, Task<bool>> isMisdirectedAsync)
        {
            foreach (var error in Enum.GetValues<SettingError>())
            {
                RuleFor(posted => posted.Value).Must((posted, _) => SettingRules.ErrorOf(field, EnteredSettings.ValueOf(field, posted)) != error)
                    .WithMessageAwait(() => texts.GetAsync($"Invalid.{error}", field.Kind == SettingKind.Number ? field.Maximum : field.MaximumLength));
            }

            if (field.Kind is SettingKind.Secret or SettingKind.Url)
            {
                RuleFor(posted => posted.Value).MustAwait(async (_, _) => !await isMisdirectedAsync(false)).WithMessageAwait(() => texts.GetAsync("Invalid.OtherHost"));
                RuleFor(posted => posted.Value).MustAwait(async (_, _) => !await isMisdirectedAsync(true)).WithMessageAwait(() => texts.GetAsync("Invalid.OtherHostInStore"));
            }
        }
    }
}
