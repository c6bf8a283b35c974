using Nop.Core;
using Nop.Core.Domain;
using Nop.Core.Domain.Media;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Services.Configuration;
using Nop.Services.Media;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares what the plugin's own pages show of the store, in the visitor's language.
/// </summary>
public class StoreLookFactory(IStoreContext storeContext, IWorkContext workContext, ISettingService settingService, IPictureService pictureService)
{
    public async Task<StoreLook> LookAsync()
    {
        var language = await workContext.GetWorkingLanguageAsync();
        var store = await storeContext.GetCurrentStoreAsync();
        var logo = (await settingService.LoadSettingAsync<StoreInformationSettings>(store.Id)).LogoPictureId;
        return new StoreLook(store.Name, language.LanguageCulture, language.Rtl)
        {
            LogoUrl = logo > 0 && await pictureService.GetPictureUrlAsync(logo, 0, false, null, PictureType.Entity) is { Length: > 0 } url ? url : null,
            Accent = AccentColor.Parse((await settingService.LoadSettingAsync<CryptoGatewaysSettings>(store.Id)).AccentColor)
        };
    }
}
