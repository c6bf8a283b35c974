using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Permissions that the owner grants to customer roles. nopCommerce finds this class by its type and inserts missing permissions at each
/// start, even if the plugin is not installed; then there is nothing to insert. Uninstalling deletes the permissions.
/// </summary>
public sealed class CryptoGatewaysPermissions : IPermissionConfigManager
{
    /// <summary>View payments: list, order page, panel, report and export.</summary>
    public const string View = "Payments.CryptoGateways.PaymentsView";

    /// <summary>Act on payments: check, reprocess webhooks, renew payment links, capture, void, refund and pay out.</summary>
    public const string Act = "Payments.CryptoGateways.PaymentsAct";

    /// <summary>Mark a payment as settled without the provider's confirmation.</summary>
    public const string SettleManually = "Payments.CryptoGateways.PaymentsSettleManually";

    /// <summary>Configure the plugin.</summary>
    public const string Configure = "Payments.CryptoGateways.Configure";

    private const string Orders = nameof(StandardPermission.Orders);

    private const string Configuration = nameof(StandardPermission.Configuration);

    public IList<PermissionConfig> AllConfigs => PluginInstallation.IsInstalled ? All : [];

    /// <summary>The names are English, like the platform's own.</summary>
    internal static IList<PermissionConfig> All { get; } =
    [
        new("Admin area. Crypto payments. View", View, Orders, NopCustomerDefaults.AdministratorsRoleName),
        new("Admin area. Crypto payments. Check, capture, void, refund", Act, Orders, NopCustomerDefaults.AdministratorsRoleName),
        new("Admin area. Crypto payments. Mark as paid manually", SettleManually, Orders, NopCustomerDefaults.AdministratorsRoleName),
        new("Admin area. Crypto payments. Configure", Configure, Configuration, NopCustomerDefaults.AdministratorsRoleName)
    ];
}
