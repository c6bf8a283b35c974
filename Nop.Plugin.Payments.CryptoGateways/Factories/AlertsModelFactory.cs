using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Model of what needs a person.
/// </summary>
public class AlertsModelFactory(AdminAlerts alerts)
{
    /// <param name="returnUrl">The page on which they are shown.</param>
    public async Task<AlertsModel> CreateAsync(string returnUrl) => new()
    {
        ReturnUrl = returnUrl,
        Alerts = [.. (await alerts.OpenAsync()).Select(alert => new AlertModel(alert.Id, alert.OrderId, alert.Message, AdminText.Minute(alert.CreatedOnUtc)!))]
    };
}
