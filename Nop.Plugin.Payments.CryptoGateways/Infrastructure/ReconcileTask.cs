using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// The schedule task; see <see cref="ReconciliationService"/>.
/// </summary>
public class ReconcileTask(ReconciliationService reconciliation, GatewayHealthMonitor health, PreviousSecrets previousSecrets) : IScheduleTask
{
    public async Task ExecuteAsync()
    {
        await reconciliation.RunAsync();
        await health.RunAsync();
        await previousSecrets.RemoveExpiredAsync();
    }
}
