using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Security;

namespace Nop.Web.Framework.Infrastructure.Extensions;

public static class HttpClientBuilderExtensions
{
    /// <summary>Replaces the handler by a plain one, which goes through the store's proxy when that is switched on.</summary>
    public static void WithProxy(this IHttpClientBuilder httpClientBuilder) => httpClientBuilder.ConfigurePrimaryHttpMessageHandler(provider =>
    {
        var handler = new HttpClientHandler();
        if (provider.GetService<ProxySettings>() is not { Enabled: true } settings)
            return handler;

        var hasLogin = !string.IsNullOrEmpty(settings.Username) && !string.IsNullOrEmpty(settings.Password);
        handler.Proxy = new WebProxy($"{settings.Address}:{settings.Port}", settings.BypassOnLocal)
        {
            UseDefaultCredentials = !hasLogin,
            Credentials = hasLogin ? new NetworkCredential(settings.Username, settings.Password) : CredentialCache.DefaultCredentials
        };
        handler.UseDefaultCredentials = !hasLogin;
        handler.PreAuthenticate = settings.PreAuthenticate;
        return handler;
    });
}
