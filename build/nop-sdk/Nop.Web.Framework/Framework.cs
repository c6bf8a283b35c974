using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.AspNetCore.Routing;
using Nop.Core;
using Nop.Core.Infrastructure;
using Nop.Services.Localization;
using Nop.Web.Framework.Localization;

namespace Nop.Web.Framework
{
    public static class AreaNames
    {
        public const string ADMIN = "Admin";
    }
}

namespace Nop.Web.Framework.Components
{
    public abstract class NopViewComponent : ViewComponent
    {
        public new ViewViewComponentResult View<TModel>(string viewName, TModel model) => base.View(viewName, model);

        public new ViewViewComponentResult View<TModel>(TModel model) => base.View(model);

        public new ViewViewComponentResult View(string viewName) => base.View(viewName);
    }
}

namespace Nop.Web.Framework.Controllers
{
    [AsksForCustomer]
    public abstract class BaseController : Controller;

    /// <summary>
    /// Stands for the platform's filters about last activity, last page, address and password: each asks for the current customer
    /// before the action runs, which makes a guest of a visitor whom the store has never seen.
    /// </summary>
    internal sealed class AsksForCustomerAttribute() : TypeFilterAttribute(typeof(Filter))
    {
        private sealed class Filter(IWorkContext workContext) : IAsyncActionFilter
        {
            public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
            {
                await workContext.GetCurrentCustomerAsync();
                await next();
            }
        }
    }

    public abstract class BasePluginController : BaseController;

    public abstract class BasePaymentController : BasePluginController;
}

namespace Nop.Web.Framework.Factories
{
    public interface IWidgetModelFactory;
}

namespace Nop.Web.Framework.Localization
{
    public delegate LocalizedString Localizer(string text, params object[] args);

    public class LocalizedString : HtmlString
    {
        public LocalizedString(string localized) : base(localized) => Text = localized;

        public string Text { get; }
    }
}

namespace Nop.Web.Framework.Mvc.Razor
{
    public abstract class NopRazorPage<TModel> : RazorPage<TModel>
    {
        /// <summary>The text of a resource, not encoded: resources may hold markup.</summary>
        public Localizer T => (key, args) =>
        {
            var text = EngineContext.Current.Resolve<ILocalizationService>().GetResourceAsync(key).GetAwaiter().GetResult();
            if (string.IsNullOrEmpty(text))
                return new LocalizedString(key);

            return new LocalizedString(args is null || args.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, args));
        };
    }
}

namespace Nop.Web.Framework.Mvc.Routing
{
    public interface IRouteProvider
    {
        int Priority { get; }

        void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder);
    }
}
