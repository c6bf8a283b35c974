using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// What needs a person, each thing once: it stays until somebody dismisses it or it is over.
/// </summary>
public class AdminAlerts(IRepository<AdminAlert> alerts, TimeProvider time)
{
    /// <summary>
    /// How long something that may happen again, such as a failing gateway, is not shown again after it was dismissed, and not mailed again
    /// after it was told.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(24);

    /// <summary>The most that are shown at once.</summary>
    public const int MostShown = 20;

    /// <summary>True when it was told before in these words.</summary>
    public async Task<bool> IsKnownAsync(string key, string message) => (await FindAsync(key))?.Message == message;

    /// <summary>
    /// Shows something; false when nobody has to be told: it is shown already, was dismissed a short while ago, or has come back a short
    /// while after it was told.
    /// </summary>
    /// <param name="key">Its unique name.</param>
    /// <param name="message">The sentence for people.</param>
    /// <param name="orderId">The order that it is about, if it is about one; such a thing happens again only in other words.</param>
    public async Task<bool> RaiseAsync(string key, string message, int? orderId = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (await FindAsync(key) is { } known)
        {
            if (orderId is not null ? known.Message == message : known.ResolvedOnUtc is not { } resolved || known.IsDismissed && now - resolved < Quiet)
                return false;

            var isTold = orderId is not null || now - known.CreatedOnUtc >= Quiet;
            (known.Message, known.ResolvedOnUtc, known.IsDismissed) = (message, null, false);
            known.CreatedOnUtc = isTold ? now : known.CreatedOnUtc;
            await alerts.UpdateAsync(known, publishEvent: false);
            return isTold;
        }

        try
        {
            await alerts.InsertAsync(new AdminAlert { AlertKey = key, Message = message, OrderId = orderId, CreatedOnUtc = now }, publishEvent: false);
            return true;
        }
        catch (Exception)
        {
            // Of two nodes at once the unique key refuses one.
            if (await FindAsync(key) is not null)
                return false;
            throw;
        }
    }

    /// <summary>The newest that are open.</summary>
    public Task<IList<AdminAlert>> OpenAsync() => alerts.GetAllAsync(query =>
        query.Where(alert => alert.ResolvedOnUtc == null).OrderByDescending(alert => alert.Id).Take(MostShown));

    /// <summary>An administrator has seen it.</summary>
    public async Task DismissAsync(int id)
    {
        if (await alerts.GetByIdAsync(id) is { } alert)
        {
            alert.IsDismissed = true;
            await ResolveAsync([alert]);
        }
    }

    /// <summary>It is over, if it was open.</summary>
    public async Task ResolveAsync(string key) => await ResolveAsync(await alerts.GetAllAsync(query =>
        query.Where(alert => alert.AlertKey == key && alert.ResolvedOnUtc == null)));

    /// <summary>What was open about an order is over.</summary>
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
