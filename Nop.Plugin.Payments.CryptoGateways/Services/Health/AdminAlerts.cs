using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Stores the alerts of the dashboard, one per condition. An alert stays open until an administrator dismisses it or the condition ends.
/// </summary>
public class AdminAlerts(IRepository<AdminAlert> alerts, TimeProvider time)
{
    /// <summary>
    /// How long a recurring condition, such as a failing gateway, is not shown again after it was dismissed and not e-mailed again after
    /// the last e-mail.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(24);

    /// <summary>The largest number of alerts shown at once.</summary>
    public const int MaxShown = 20;

    /// <summary>True when an alert with this key and message was raised before.</summary>
    public async Task<bool> IsKnownAsync(string key, string message) => (await FindAsync(key))?.Message == message;

    /// <summary>
    /// Raises an alert. False when no e-mail is needed: the alert is already open, was dismissed recently, or was e-mailed recently.
    /// </summary>
    /// <param name="key">The unique key of the condition.</param>
    /// <param name="message">The message to display.</param>
    /// <param name="orderId">The affected order; null for an alert about a gateway. An alert about an order recurs only with another message.</param>
    public async Task<bool> RaiseAsync(string key, string message, int? orderId = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (await FindAsync(key) is { } known)
        {
            if (orderId is not null ? known.Message == message : known.ResolvedOnUtc is not { } resolved || known.IsDismissed && now - resolved < Quiet)
                return false;

            var needsEmail = orderId is not null || now - known.CreatedOnUtc >= Quiet;
            (known.Message, known.ResolvedOnUtc, known.IsDismissed) = (message, null, false);
            known.CreatedOnUtc = needsEmail ? now : known.CreatedOnUtc;
            await alerts.UpdateAsync(known, publishEvent: false);
            return needsEmail;
        }

        try
        {
            await alerts.InsertAsync(new AdminAlert { AlertKey = key, Message = message, OrderId = orderId, CreatedOnUtc = now }, publishEvent: false);
            return true;
        }
        catch (Exception)
        {
            // When two nodes raise the alert at once, the unique key rejects one of them.
            if (await FindAsync(key) is not null)
                return false;
            throw;
        }
    }

    /// <summary>The newest open alerts, up to <see cref="MaxShown"/>.</summary>
    public Task<IList<AdminAlert>> OpenAsync() => alerts.GetAllAsync(query =>
        query.Where(alert => alert.ResolvedOnUtc == null).OrderByDescending(alert => alert.Id).Take(MaxShown));

    /// <summary>Closes an alert that an administrator dismissed.</summary>
    public async Task DismissAsync(int id)
    {
        if (await alerts.GetByIdAsync(id) is { } alert)
        {
            alert.IsDismissed = true;
            await ResolveAsync([alert]);
        }
    }

    /// <summary>Closes the alert with this key, if it is open: the condition has ended.</summary>
    public async Task ResolveAsync(string key) => await ResolveAsync(await alerts.GetAllAsync(query =>
        query.Where(alert => alert.AlertKey == key && alert.ResolvedOnUtc == null)));

    /// <summary>Closes all open alerts about an order.</summary>
    public async Task ResolveOfOrderAsync(int orderId) => await ResolveAsync(await alerts.GetAllAsync(query =>
        query.Where(alert => alert.ResolvedOnUtc == null && alert.OrderId == orderId)));

    private async Task ResolveAsync(IList<AdminAlert> open)
    {
        foreach (var alert in open.Where(alert => alert.ResolvedOnUtc is null))
        {
            alert.ResolvedOnUtc = time.GetUtcNow().UtcDateTime;
            await alerts.UpdateAsync(alert, publishEvent: false);
        }
    }

    private async Task<AdminAlert?> FindAsync(string key) =>
        (await alerts.GetAllAsync(query => query.Where(alert => alert.AlertKey == key))).FirstOrDefault();
}
