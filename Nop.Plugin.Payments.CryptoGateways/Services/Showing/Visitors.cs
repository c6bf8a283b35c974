using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Http;
using Nop.Services.Authentication;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

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
