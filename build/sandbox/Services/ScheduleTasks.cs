using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Infrastructure;
using Nop.Data;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;
using ILogger = Nop.Services.Logging.ILogger;

namespace CryptoGateways.Sandbox.Services;

public sealed class ScheduleTaskService(IRepository<ScheduleTask> tasks) : IScheduleTaskService
{
    public Task<IList<ScheduleTask>> GetAllAsync() => tasks.GetAllAsync();

    public async Task<ScheduleTask> GetTaskByTypeAsync(string type) =>
        (await tasks.GetAllAsync(query => query.Where(task => task.Type == type))).FirstOrDefault()!;

    public Task InsertTaskAsync(ScheduleTask task) => tasks.InsertAsync(task);

    public Task UpdateTaskAsync(ScheduleTask task) => tasks.UpdateAsync(task);

    public Task DeleteTaskAsync(ScheduleTask task) => tasks.DeleteAsync(task);
}

/// <summary>Runs one task: not twice in its period, and under a lock that ends one second before the period does.</summary>
public sealed class ScheduleTaskRunner(ScheduleTaskService tasks, MemoryLocker locker, ILogger logger)
{
    public async Task ExecuteAsync(ScheduleTask task)
    {
        if (!task.Enabled || task.LastStartUtc is { } started && Math.Round((DateTime.UtcNow - started).TotalSeconds) < task.Seconds)
            return;

        try
        {
            await locker.PerformActionWithLockAsync(task.Type, TimeSpan.FromSeconds(Math.Min(task.Seconds, 300) - 1), async () =>
            {
                var instance = (IScheduleTask)EngineContext.Current.ResolveUnregistered(Type.GetType(task.Type, throwOnError: true)!);
                task.LastStartUtc = DateTime.UtcNow;
                await tasks.UpdateTaskAsync(task);
                await instance.ExecuteAsync();
                task.LastEndUtc = task.LastSuccessUtc = DateTime.UtcNow;
                await tasks.UpdateTaskAsync(task);
            });
        }
        catch (Exception exception)
        {
            task.Enabled = !task.StopOnError;
            task.LastEndUtc = DateTime.UtcNow;
            await tasks.UpdateTaskAsync(task);
            await logger.ErrorAsync($"Schedule task \"{task.Name}\" failed. {exception.Message}", exception);
        }
    }
}

/// <summary>Posts each task's type to the store's own address once in its period, as the platform's scheduler does.</summary>
public sealed class TaskTimer(IServiceScopeFactory scopes, IHttpClientFactory clients, IHostApplicationLifetime lifetime, ILogger<TaskTimer> console)
    : BackgroundService
{
    public async Task PostAsync(string taskType, CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        var url = (await scope.ServiceProvider.GetRequiredService<IStoreService>().GetAllStoresAsync())[0].Url.TrimEnd('/') + WorkContext.TaskPath;
        using var content = new FormUrlEncodedContent([new("taskType", taskType)]);
        using var response = await clients.CreateClient().PostAsync(url, content, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        using var scope = scopes.CreateScope();
        var tasks = await scope.ServiceProvider.GetRequiredService<ScheduleTaskService>().GetAllAsync();
        await Task.WhenAll(tasks.Select(task => RunAsync(task, stoppingToken)));
    }

    private async Task RunAsync(ScheduleTask task, CancellationToken cancellationToken)
    {
        var sinceStart = DateTime.UtcNow - (task.LastStartUtc ?? task.LastEnabledUtc ?? DateTime.UtcNow);
        await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(task.Seconds - sinceStart.TotalSeconds + 1, 1, task.Seconds)), cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(task.Seconds));
        do
        {
            try
            {
                await PostAsync(task.Type, cancellationToken);
            }
            catch (HttpRequestException exception)
            {
                console.LogWarning("{Task}: {Message}", task.Name, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
