using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Http;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Authentication;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// Lets a shopper who returns from the provider trigger a check at once, at most one per payment every five seconds. Counted per node.
/// </summary>
public class ReturnThrottle(TimeProvider time)
{
    /// <summary>Minimum time between two checks of a payment caused by returns.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Number of entries at which expired ones are removed.</summary>
    private const int CleanupThreshold = 1000;

    private readonly Dictionary<int, long> _taken = [];

    private readonly Lock _lock = new();

    /// <summary>True for the first return within <see cref="Pause"/>.</summary>
    public bool TryAcquire(int paymentId)
    {
        lock (_lock)
        {
            if (_taken.TryGetValue(paymentId, out var at) && !IsOver(at))
                return false;

            if (_taken.Count >= CleanupThreshold)
            {
                foreach (var (id, taken) in _taken.Where(entry => IsOver(entry.Value)).ToList())
                    _taken.Remove(id);
            }
            _taken[paymentId] = time.GetTimestamp();
            return true;
        }
    }

    private bool IsOver(long takenAt) => time.GetElapsedTime(takenAt) >= Pause;
}

/// <summary>
/// Schedules the polls of open pay pages so that a node answers about <see cref="PerSecond"/> polls per second, however many pages are
/// open. Each response reserves the first second with free capacity. A closed page wastes one slot. Counted per node.
/// </summary>
public class PollThrottle(TimeProvider time)
{
    /// <summary>Planned polls per second; the rest of a node's capacity serves newly opened pages and other requests.</summary>
    public const int PerSecond = 100;

    /// <summary>Maximum time between two polls of a page, in seconds.</summary>
    public const int MaximumSeconds = 60;

    private readonly long _started = time.GetTimestamp();

    private readonly Lock _lock = new();

    /// <summary>Reserved polls by second, as a ring buffer.</summary>
    private readonly (long Second, int Count)[] _reserved = new (long, int)[MaximumSeconds + 1];

    /// <summary>Seconds until the page should poll again.</summary>
    /// <param name="wanted">Seconds that the page's state asks for; 0 when the state is final.</param>
    public int Next(int wanted)
    {
        if (wanted == 0)
            return 0;

        var now = (long)time.GetElapsedTime(_started).TotalSeconds;
        lock (_lock)
        {
            for (var pause = wanted; pause < MaximumSeconds; pause++)
            {
                if (TryReserve(now + pause))
                    return pause;
            }
        }
        return MaximumSeconds;
    }

    private bool TryReserve(long second)
    {
        ref var slot = ref _reserved[second % _reserved.Length];
        if (slot.Second != second)
            slot = (second, 0);
        if (slot.Count >= PerSecond)
            return false;

        slot.Count++;
        return true;
    }
}

/// <summary>
/// Orders of the current customer.
/// </summary>
public class CustomerOrders(PaymentFactsReader facts, IWorkContext workContext)
{
    /// <summary>
    /// The order as stored now, if it uses this payment method and belongs to the current customer; otherwise null. System accounts own no
    /// orders, because unknown visitors act as one, see <see cref="Visitors"/>.
    /// </summary>
    public async Task<Order?> FindAsync(int orderId)
    {
        var order = await facts.OrderAsync(orderId);
        var customer = await workContext.GetCurrentCustomerAsync();
        return order is { Deleted: false, PaymentMethodSystemName: CryptoGatewaysDefaults.SystemName } && order.CustomerId == customer.Id && !customer.IsSystemAccount ? order : null;
    }
}

/// <summary>
/// Keeps anonymous requests from creating guest customers. The platform creates a guest with a database row and a cookie for each unknown
/// visitor as soon as the current customer is read; here such a visitor acts as the platform's background task user instead.
/// </summary>
public class Visitors(IAuthenticationService authenticationService, ICustomerService customerService, IWorkContext workContext)
{
    /// <summary>Must run before the current customer is read.</summary>
    public async Task IdentifyAsync(HttpContext context)
    {
        if (await IsKnownAsync(context.Request))
            return;

        await workContext.SetCurrentCustomerAsync(await customerService.GetOrCreateBackgroundTaskUserAsync());
        // Setting the customer adds its cookie, which must not be sent to a visitor.
        context.Response.Headers.Remove(HeaderNames.SetCookie);
    }

    /// <summary>True when the platform can identify the customer without creating one: by login or by a guest's cookie.</summary>
    private async Task<bool> IsKnownAsync(HttpRequest request) => IsUsable(await authenticationService.GetAuthenticatedCustomerAsync())
        || Guid.TryParse(request.Cookies[NopCookieDefaults.Prefix + NopCookieDefaults.CustomerCookie], out var guid)
        && await customerService.GetCustomerByGuidAsync(guid) is { } guest && IsUsable(guest) && !await customerService.IsRegisteredAsync(guest);

    private static bool IsUsable(Customer? customer) => customer is { Deleted: false, Active: true, RequireReLogin: false };
}
