using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Checks whether the schedule task runs. The platform starts tasks by calling the store's own URL, which a proxy, firewall or password
/// can block.
/// </summary>
public class TaskHealth(IScheduleTaskService tasks, TimeProvider time)
{
    /// <summary>The task runs every minute and counts as late after this time without a run.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(5);

    public async Task<TaskState> ReadAsync()
    {
        var task = await tasks.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type);
        if (task is not { Enabled: true })
            return new TaskState(IsEnabled: false, IsLate: true, task?.LastSuccessUtc);

        var now = time.GetUtcNow().UtcDateTime;
        return new TaskState(IsEnabled: true, now - (task.LastSuccessUtc ?? task.LastEnabledUtc ?? now) > LateAfter, task.LastSuccessUtc);
    }
}

/// <summary>
/// The state of the schedule task.
/// </summary>
/// <param name="IsEnabled">False when the task is disabled or missing.</param>
/// <param name="IsLate">True when the task has not run for longer than <see cref="TaskHealth.LateAfter"/>.</param>
/// <param name="LastRunUtc">When the task last succeeded; null for never.</param>
public sealed record TaskState(bool IsEnabled, bool IsLate, DateTime? LastRunUtc);
