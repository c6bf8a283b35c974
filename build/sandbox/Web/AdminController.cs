using CryptoGateways.Sandbox.Data;
using CryptoGateways.Sandbox.Plugins;
using CryptoGateways.Sandbox.Services;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Services.Configuration;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Plugins;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Infrastructure;
using Nop.Web.Framework.Mvc.Filters;

namespace CryptoGateways.Sandbox.Web;

public sealed record PluginRow(PluginDescriptor Descriptor, bool Active, string? ConfigureUrl);

public sealed record AdminOrderPage(Order Order, IList<OrderNote> Notes, CustomValues CustomValues, bool CanMarkAsPaid, OrderButtons Can, IReadOnlyList<Type> Widgets);

public sealed record TablePage(string Title, string[] Columns, IEnumerable<object?[]> Rows);

[Area(AreaNames.ADMIN)]
[Route("Admin")]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
public sealed class AdminController(
    PluginCatalog catalog, PaymentPluginManager payments, ISettingService settings, PaymentSettings paymentSettings, INotificationService notifications,
    RestartRequest restart, IRepository<Order> orders, OrderService orderService, OrderProcessingService processing, OrderOperations operations, IRepository<Log> logs,
    IRepository<QueuedEmail> emails, IRepository<ScheduleTask> tasks, ScheduleTaskRunner runner) : BaseController
{
    [HttpGet("")]
    public async Task<IActionResult> Index() => View("Dashboard", await payments.WidgetsAsync(AdminWidgetZones.DashboardTop));

    [HttpGet("Plugin/List")]
    public IActionResult Plugins() => View(catalog.Descriptors.Select(descriptor => new PluginRow(descriptor,
        paymentSettings.ActivePaymentMethodSystemNames.Contains(descriptor.SystemName),
        payments.LoadAll().FirstOrDefault(method => method.PluginDescriptor == descriptor)?.GetConfigurationPageUrl())));

    /// <summary>Install and uninstall are done at the next start, which follows at once.</summary>
    [HttpPost("Plugin/{change:regex(^(Install|Uninstall)$)}")]
    public async Task<IActionResult> ChangePlugin(string change, string systemName)
    {
        if (change == "Uninstall" && payments.LoadAll().FirstOrDefault(method => method.PluginDescriptor.SystemName == systemName) is { } method)
        {
            try
            {
                await method.PreparePluginToUninstallAsync();
            }
            catch (Exception exception)
            {
                notifications.ErrorNotification(exception.Message);
                return RedirectToAction(nameof(Plugins));
            }
        }

        catalog.Save(state => (change == "Install" ? state.ToInstall : state.ToUninstall).Add(systemName));
        restart.After(Response);
        return View("Restarting", restart.Start);
    }

    [HttpPost("Payment/MethodUpdate")]
    public async Task<IActionResult> Activate(string systemName, bool active)
    {
        paymentSettings.ActivePaymentMethodSystemNames.Remove(systemName);
        if (active)
            paymentSettings.ActivePaymentMethodSystemNames.Add(systemName);
        await settings.SaveSettingAsync(paymentSettings, data => data.ActivePaymentMethodSystemNames);
        return RedirectToAction(nameof(Plugins));
    }

    [HttpGet("Order/List")]
    public async Task<IActionResult> Orders() => View(await orders.GetAllAsync(query => query.OrderByDescending(order => order.Id)));

    [HttpGet("Order/Edit/{id:int}")]
    public async Task<IActionResult> Order(int id)
    {
        var order = await orderService.GetOrderByIdAsync(id);
        var values = new CustomValues();
        values.FillByXml(order.CustomValuesXml);
        return View(new AdminOrderPage(order, await orderService.GetOrderNotesByOrderIdAsync(id), values, processing.CanMarkOrderAsPaid(order),
            await operations.CanAsync(order), await payments.WidgetsAsync(AdminWidgetZones.OrderDetailsBlock)));
    }

    /// <summary>What goes wrong is shown on the page that follows.</summary>
    /// <param name="id">The order's.</param>
    /// <param name="change">The button.</param>
    /// <param name="amount">Of a partial refund.</param>
    [HttpPost("Order/Edit/{id:int}")]
    public async Task<IActionResult> ChangeOrder(int id, string change, decimal amount)
    {
        var order = await orderService.GetOrderByIdAsync(id);
        try
        {
            if (change == "paid")
                await processing.MarkOrderAsPaidAsync(order);
            if (change == "cancel")
                await processing.CancelOrderAsync(order, notifyCustomer: true);
            foreach (var error in change switch
            {
                "capture" => await operations.CaptureAsync(order),
                "void" => await operations.VoidAsync(order),
                "refund" => await operations.RefundAsync(order),
                "refundpart" => await operations.PartiallyRefundAsync(order, amount),
                _ => []
            })
                notifications.ErrorNotification(error);
        }
        catch (NopException exception)
        {
            notifications.ErrorNotification(exception.Message);
        }

        return RedirectToAction(nameof(Order), new { id });
    }

    [HttpGet("Log/List")]
    public async Task<IActionResult> Logs() => View("Table", new TablePage("Log", ["When (UTC)", "Level", "Message", "Page", "Customer"],
        (await logs.GetAllAsync(query => query.OrderByDescending(row => row.Id).Take(200)))
            .Select(row => new object?[] { $"{row.CreatedOnUtc:u}", row.Level, row.ShortMessage, row.PageUrl, row.CustomerId })));

    [HttpGet("QueuedEmail/List")]
    public async Task<IActionResult> Emails() => View("Table", new TablePage("Message queue", ["When (UTC)", "To", "Subject"],
        (await emails.GetAllAsync(query => query.OrderByDescending(row => row.Id).Take(200)))
            .Select(row => new object?[] { $"{row.CreatedOnUtc:u}", row.To, row.Subject })));

    [HttpGet("ScheduleTask/List")]
    public async Task<IActionResult> Tasks() => View(await tasks.GetAllAsync());

    [HttpPost("ScheduleTask/RunNow/{id:int}")]
    public async Task<IActionResult> RunNow(int id)
    {
        var task = await tasks.GetByIdAsync(id);
        task.LastStartUtc = null;
        await runner.ExecuteAsync(task);
        return RedirectToAction(nameof(Tasks));
    }
}
