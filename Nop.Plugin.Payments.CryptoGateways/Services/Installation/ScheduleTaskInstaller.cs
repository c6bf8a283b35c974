using Nop.Core.Domain.ScheduleTasks;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// Adds and removes the schedule task.
/// </summary>
public class ScheduleTaskInstaller(IScheduleTaskService scheduleTaskService, TimeProvider time)
{
    public async Task InstallAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type) is not null)
            return;

        await scheduleTaskService.InsertTaskAsync(new ScheduleTask
        {
            Name = CryptoGatewaysDefaults.Task.Name,
            Type = CryptoGatewaysDefaults.Task.Type,
            Seconds = CryptoGatewaysDefaults.Task.Seconds,
            Enabled = true,
            LastEnabledUtc = time.GetUtcNow().UtcDateTime
        });
    }

    public async Task UninstallAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type) is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);
    }
}
