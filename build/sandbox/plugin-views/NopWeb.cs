using Microsoft.AspNetCore.Mvc;

namespace Nop.Web.Areas.Admin.Components;

/// <summary>nopCommerce's choice of the store that a configuration page edits. There is one store here: nothing to choose.</summary>
public class StoreScopeConfigurationViewComponent : ViewComponent
{
    public IViewComponentResult Invoke() => Content(string.Empty);
}
