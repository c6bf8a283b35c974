using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares what the plugin's own pages show of the store, in the visitor's language.
/// </summary>
public class StoreLookFactory(IStoreContext storeContext, IWorkContext workContext)
{
    public async Task<StoreLook> LookAsync()
    {
        var language = await workContext.GetWorkingLanguageAsync();
        return new StoreLook((await storeContext.GetCurrentStoreAsync()).Name, language.LanguageCulture, language.Rtl);
    }
}
