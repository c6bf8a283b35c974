using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// What the owner grants to roles. The platform finds this class by its type and inserts what is missing at each start, also while
/// the plugin is not installed: there is nothing to insert then, and uninstalling takes the permissions away.
/// </summary>
public sealed class CryptoGatewaysPermissions : IPermissionConfigManager
{
    /// <summary>Seeing payments: list, payment page, report, export, panel on the order page.</summary>
    public const string View = "Payments.CryptoGateways.PaymentsView";

    /// <summary>Acting on payments: asking the provider, acting on webhooks again, new payment links, capture, void, refund, payouts.</summary>
    public const string Act = "Payments.CryptoGateways.PaymentsAct";

    /// <summary>Marking a payment as settled without the provider's word.</summary>
    public const string SettleManually = "Payments.CryptoGateways.PaymentsSettleManually";

    /// <summary>The configuration page.</summary>
    public const string Configure = "Payments.CryptoGateways.Configure";

    private const string Orders = nameof(StandardPermission.Orders);

    private const string Configuration = nameof(StandardPermission.Configuration);

    public IList<PermissionConfig> AllConfigs => PluginInstallation.IsInstalled ? All : [];

    /// <summary>Named in English, as the platform names its own.</summary>
    internal static IList<PermissionConfig> All { get; } =
    [
        new("Admin area. Crypto payments. View", View, Orders, NopCustomerDefaults.AdministratorsRoleName),
        new("Admin area. Crypto payments. Check, capture, void, refund", Act, Orders, NopCustomerDefaults.AdministratorsRoleName),
        new("Admin area. Crypto payments. Mark as paid manually", SettleManually, Orders, NopCustomerDefaults.AdministratorsRoleName),
        new("Admin area. Crypto payments. Configure", Configure, Configuration, NopCustomerDefaults.AdministratorsRoleName)
    ];
}
