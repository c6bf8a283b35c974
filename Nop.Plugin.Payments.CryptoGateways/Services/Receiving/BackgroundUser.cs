using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Nop.Core;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Lets a request that no customer makes (a webhook) act as the platform's background user; otherwise the platform would insert
/// a guest and set a cookie for each call.
/// </summary>
public class BackgroundUser(ICustomerService customerService, IWorkContext workContext)
{
    public async Task ActAsync(HttpResponse response)
    {
        await workContext.SetCurrentCustomerAsync(await customerService.GetOrCreateBackgroundTaskUserAsync());
        response.Headers.Remove(HeaderNames.SetCookie);
    }
}
