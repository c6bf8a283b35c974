using Nop.Web.Framework.Menu;

namespace Nop.Web.Framework.Menu
{
    public interface IAdminMenu
    {
        string GetMenuItemUrl(string controllerName, string actionName);
    }

    public class AdminMenuItem
    {
        public IList<string> PermissionNames { get; set; } = [];

        public string SystemName { get; set; }

        public string Title { get; set; }

        public string Url { get; set; }

        public IList<AdminMenuItem> ChildNodes { get; set; } = [];

        public string IconClass { get; set; }

        public bool Visible { get; set; } = true;
    }
}

namespace Nop.Web.Framework.Events
{
    public abstract class BaseMenuItemCreatedEvent
    {
        private readonly IAdminMenu _adminMenu;

        protected BaseMenuItemCreatedEvent(IAdminMenu adminMenu) => _adminMenu = adminMenu;

        public virtual string GetMenuItemUrl(string controllerName, string actionName) => _adminMenu.GetMenuItemUrl(controllerName, actionName);
    }

    public class AdminMenuCreatedEvent : BaseMenuItemCreatedEvent
    {
        public AdminMenuCreatedEvent(IAdminMenu adminMenu, AdminMenuItem rootMenuItem) : base(adminMenu) => RootMenuItem = rootMenuItem;

        public AdminMenuItem RootMenuItem { get; protected set; }
    }
}

namespace Nop.Web.Framework.UI
{
    public interface INopHtmlHelper
    {
        void SetActiveMenuItemSystemName(string systemName);
    }
}

namespace Nop.Web.Framework.Infrastructure
{
    public static class AdminWidgetZones
    {
        public static string DashboardTop => "admin_dashboard_top";

        public static string OrderDetailsBlock => "admin_order_details_block";
    }

    public static class PublicWidgetZones
    {
        public static string OrderDetailsPageOverview => "orderdetails_page_overview";
    }
}
