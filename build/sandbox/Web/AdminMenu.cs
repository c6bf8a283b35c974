using Nop.Core.Events;
using Nop.Web.Framework;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;
using Nop.Web.Framework.UI;

namespace CryptoGateways.Sandbox.Web;

/// <summary>The admin area's menu: what the platform has under Sales, and what plugins add to it.</summary>
public sealed class AdminMenu(IEventPublisher events, LinkGenerator links) : IAdminMenu, INopHtmlHelper
{
    public string? Active { get; private set; }

    public void SetActiveMenuItemSystemName(string systemName) => Active = systemName;

    public string GetMenuItemUrl(string controllerName, string actionName) =>
        links.GetPathByAction(actionName, controllerName, new { area = AreaNames.ADMIN })!;

    public async Task<IEnumerable<AdminMenuItem>> SalesAsync()
    {
        var sales = new AdminMenuItem { SystemName = "Sales" };
        var root = new AdminMenuItem { SystemName = "Home", ChildNodes = [new AdminMenuItem { SystemName = "Dashboard" }, sales] };
        await events.PublishAsync(new AdminMenuCreatedEvent(this, root));
        return sales.ChildNodes.SelectMany(item => item.ChildNodes.Count == 0 ? [item] : item.ChildNodes);
    }
}
