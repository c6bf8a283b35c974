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
/// Orders of whoever is looking.
/// </summary>
public class CustomerOrders(PaymentFactsReader facts, IWorkContext workContext)
{
    /// <summary>
    /// The order as the database has it now, when it was paid with this method and belongs to the current customer; else null. Accounts
    /// of the platform own none: everybody whom the store does not know acts as one.
    /// </summary>
    public async Task<Order?> FindAsync(int orderId)
    {
        var order = await facts.OrderAsync(orderId);
        var customer = await workContext.GetCurrentCustomerAsync();
        return order is { Deleted: false, PaymentMethodSystemName: CryptoGatewaysDefaults.SystemName } && order.CustomerId == customer.Id && !customer.IsSystemAccount ? order : null;
    }
}

/// <summary>
/// Whoever calls an address of the plugin. The platform makes a guest, a row and a cookie, of each caller whom it does not know as
/// soon as anything asks for the current customer; here such a caller acts as the platform's background user instead.
/// </summary>
public class Visitors(IAuthenticationService authenticationService, ICustomerService customerService, IWorkContext workContext)
{
    /// <summary>Has to be called before anything asks for the current customer.</summary>
    public async Task AdmitAsync(HttpContext context)
    {
        if (await IsKnownAsync(context.Request))
            return;

        await workContext.SetCurrentCustomerAsync(await customerService.GetOrCreateBackgroundTaskUserAsync());
        // Setting the customer sets its cookie, which must not make the background user of anybody.
        context.Response.Headers.Remove(HeaderNames.SetCookie);
    }

    /// <summary>The platform will find a customer without making one: by the login, else by the cookie of a guest.</summary>
    private async Task<bool> IsKnownAsync(HttpRequest request) => IsUsable(await authenticationService.GetAuthenticatedCustomerAsync())
        || Guid.TryParse(request.Cookies[NopCookieDefaults.Prefix + NopCookieDefaults.CustomerCookie], out var guid)
        && await customerService.GetCustomerByGuidAsync(guid) is { } guest && IsUsable(guest) && !await customerService.IsRegisteredAsync(guest);

    private static bool IsUsable(Customer? customer) => customer is { Deleted: false, Active: true, RequireReLogin: false };
}
