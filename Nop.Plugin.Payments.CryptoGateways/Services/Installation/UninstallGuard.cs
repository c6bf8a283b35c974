using Nop.Core;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Services.Configuration;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// Prevents uninstalling while payments are open, because funds could still arrive unnoticed.
/// </summary>
public class UninstallGuard(IRepository<CryptoPayment> payments, ISettingService settingService, PluginTexts texts)
{
    private static readonly int[] _open = [(int)Creating, (int)AwaitingPayment, (int)Confirming, (int)Authorized, (int)Underpaid, (int)Disputed];

    /// <exception cref="NopException">Payments are open, and the owner has not allowed deleting them. The message is for the owner.</exception>
    public async Task CheckAsync()
    {
        if ((await settingService.LoadSettingAsync<CryptoGatewaysSettings>()).RemoveDataOnUninstall)
            return;

        if (payments.Table.Count(payment => _open.Contains(payment.StatusId)) is > 0 and var open)
            throw new NopException(await texts.GetAsync("Uninstall.Open", open));
    }
}
