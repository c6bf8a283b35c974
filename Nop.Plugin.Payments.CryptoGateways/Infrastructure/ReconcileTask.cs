using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// The schedule task; see <see cref="Reconciler"/>.
/// </summary>
public class ReconcileTask(Reconciler reconciler, GatewayWatch watch, PreviousSecrets previousSecrets) : IScheduleTask
{
    public async Task ExecuteAsync()
    {
        await reconciler.RunAsync();
        await watch.RunAsync();
        await previousSecrets.RemoveExpiredAsync();
    }
}
