using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Whether the schedule task runs: the platform calls it at the store's own address, and much can stand in the way.
/// </summary>
public class TaskHealth(IScheduleTaskService tasks, TimeProvider time)
{
    /// <summary>The task runs each minute; after this time without a run something is wrong.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<TaskState> ReadAsync()
    {
        var task = await tasks.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type);
        if (task is not { Enabled: true })
            return new TaskState(IsEnabled: false, IsLate: true, task?.LastSuccessUtc);

        var now = time.GetUtcNow().UtcDateTime;
        return new TaskState(IsEnabled: true, now - (task.LastSuccessUtc ?? task.LastEnabledUtc ?? now) > Patience, task.LastSuccessUtc);
    }
}

/// <summary>
/// How the schedule task is.
/// </summary>
/// <param name="IsEnabled">False when it is switched off or gone.</param>
/// <param name="IsLate">It did not run for longer than it should.</param>
/// <param name="LastRunUtc">When it last ran to its end; null for never.</param>
public sealed record TaskState(bool IsEnabled, bool IsLate, DateTime? LastRunUtc);
