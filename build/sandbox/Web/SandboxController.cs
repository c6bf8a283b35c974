using System.Globalization;
using CryptoGateways.Sandbox.Data;
using CryptoGateways.Sandbox.Services;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;

namespace CryptoGateways.Sandbox.Web;

/// <summary>What this store does not do, a look into its tables for tests, and the address that the scheduler calls.</summary>
public sealed class SandboxController(
    IRepository<Order> orders, IRepository<OrderNote> notes, IRepository<PublishedEvent> published, IRepository<QueuedEmail> emails,
    IRepository<Customer> customers, IRepository<Log> logs, IRepository<ScheduleTask> tasks, IRepository<Language> languages, ScheduleTaskService taskService,
    ScheduleTaskRunner runner, TaskTimer timer, CrashPoints crash, WriteFaults faults,
    RestartRequest restart, SandboxClock clock, SandboxOptions options, DeniedPermissions denied) : Controller
{
    [HttpGet("/sandbox")]
    public IActionResult Index() => View();

    [HttpGet("/sandbox/api/start")]
    public string Start() => $"{restart.Start}";

    [HttpGet("/sandbox/api/state")]
    public async Task<IActionResult> State(int? order) => Json(new
    {
        Orders = (await orders.GetAllAsync(query => query.Where(row => order == null || row.Id == order))).Select(row => new
        {
            row.Id, OrderStatus = $"{row.OrderStatus}", PaymentStatus = $"{row.PaymentStatus}", row.OrderTotal, row.RefundedAmount, row.PaidDateUtc, row.CustomerId,
            Notes = notes.Table.Where(note => note.OrderId == row.Id).OrderBy(note => note.Id).Select(note => note.Note).ToList(),
            PaidEvents = published.Table.Count(item => item.OrderId == row.Id),
            PaidMails = emails.Table.Count(item => item.Subject == $"Order {row.Id} paid")
        }),
        Customers = customers.Table.Count(),
        Logs = logs.Table.OrderBy(log => log.Id).Select(log => new { log.Level, log.ShortMessage, log.PageUrl }).ToList()
    });

    /// <summary>The rows of a table, by column.</summary>
    [HttpGet("/sandbox/api/table/{name:regex(^\\w+$)}")]
    public async Task<IActionResult> Table(string name)
    {
        await using var connection = new SqliteConnection(StoreDb.ConnectionString(options.DatabaseFile));
        await connection.OpenAsync();
        if (!Schema.TableExists(connection, name))
            return Problem("There is no such table.", statusCode: StatusCodes.Status404NotFound);

        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{name}\" ORDER BY 1";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, column => reader.IsDBNull(column) ? null : reader.GetValue(column)));
        return Json(rows);
    }

    /// <summary>Runs the tasks now, by the same request that the scheduler makes.</summary>
    [HttpPost("/sandbox/api/runtasks")]
    public async Task<IActionResult> RunTasks()
    {
        foreach (var task in await tasks.GetAllAsync())
        {
            task.LastStartUtc = null;
            await tasks.UpdateAsync(task);
            await timer.PostAsync(task.Type, HttpContext.RequestAborted);
        }

        return NoContent();
    }

    /// <summary>An owner adds a language; as in nopCommerce its numbers are written as there from the next start on.</summary>
    [HttpPost("/sandbox/api/languages")]
    public async Task<int> AddLanguage(string culture, bool rtl)
    {
        var language = new Language
        {
            Name = CultureInfo.GetCultureInfo(culture).NativeName, LanguageCulture = culture, UniqueSeoCode = culture[..2], Rtl = rtl, Published = true, DisplayOrder = 1
        };
        await languages.InsertAsync(language);
        return language.Id;
    }

    /// <summary>Puts the clock forward, so that the next check of a payment is due.</summary>
    [HttpPost("/sandbox/api/clock")]
    public IActionResult Clock(int seconds)
    {
        clock.Ahead += TimeSpan.FromSeconds(seconds);
        return NoContent();
    }

    /// <summary>
    /// The process dies when it next comes to "mark-paid" (the call), "paid-saved" (status saved, event not yet published) or
    /// "answered" (the plugin has captured, voided or refunded, the order is not yet written).
    /// </summary>
    [HttpPost("/sandbox/api/crash")]
    public IActionResult Crash(string at)
    {
        crash.Armed = at;
        return NoContent();
    }

    /// <summary>What this process wrote to the database since it was told to count.</summary>
    [HttpGet("/sandbox/api/writes")]
    public IActionResult Writes() => Json(faults.Writes);

    /// <summary>Counts writes anew, and lets one go wrong; see <see cref="WriteFaults.Arm"/>.</summary>
    [HttpPost("/sandbox/api/writes")]
    public IActionResult CountWrites(string? from, int at, string? kind)
    {
        faults.Arm(from, at, kind);
        return NoContent();
    }

    /// <summary>What the administrator may not do from now on: system names, separated by commas.</summary>
    [HttpPost("/sandbox/api/deny")]
    public IActionResult Deny(string? permissions)
    {
        denied.Names = permissions?.Split(',') ?? [];
        return NoContent();
    }

    [HttpPost(WorkContext.TaskPath)]
    public async Task<IActionResult> RunTask(string taskType)
    {
        if (await taskService.GetTaskByTypeAsync(taskType) is { } task)
            await runner.ExecuteAsync(task);
        return NoContent();
    }
}
