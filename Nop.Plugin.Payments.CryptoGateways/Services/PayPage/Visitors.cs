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
