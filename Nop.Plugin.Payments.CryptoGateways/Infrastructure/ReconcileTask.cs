using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// The schedule task; see <see cref="ReconciliationService"/>.
/// </summary>
public class ReconcileTask(ReconciliationService reconciler, GatewayHealthMonitor watch, PreviousSecrets previousSecrets) : IScheduleTask
{
    public async Task ExecuteAsync()
    {
        await reconciler.RunAsync();
        await watch.RunAsync();
        await previousSecrets.RemoveExpiredAsync();
    }
}
