using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Security;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The store's proxy counts for calls to providers too.
/// </summary>
public sealed class ProxyTests
{
    private static readonly Uri _provider = new("https://pay.example/");

    [Test]
    public void Calls_go_through_the_stores_proxy_and_still_follow_no_redirect()
    {
        using var handler = Handler(new ProxySettings { Enabled = true, Address = "proxy.example", Port = "3128", Username = "store", Password = "secret", PreAuthenticate = true });

        Assert.That((handler.Proxy!.GetProxy(_provider), handler.PreAuthenticate), Is.EqualTo((new Uri("http://proxy.example:3128"), true)));
        Assert.That(((NetworkCredential)((WebProxy)handler.Proxy).Credentials!).UserName, Is.EqualTo("store"));
        Assert.That((handler.AllowAutoRedirect, handler.UseCookies, handler.ServerCertificateCustomValidationCallback), Is.EqualTo((false, false, (object?)null)));
    }

    [Test]
    public void Without_a_proxy_calls_go_straight_and_follow_no_redirect([Values] bool hasSettings)
    {
        using var handler = Handler(hasSettings ? new ProxySettings { Address = "proxy.example", Port = "3128" } : null);

        Assert.That((handler.Proxy, handler.AllowAutoRedirect, handler.UseCookies), Is.EqualTo(((IWebProxy?)null, false, false)));
    }

    private static HttpClientHandler Handler(ProxySettings? settings)
    {
        var services = new ServiceCollection();
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
        if (settings is not null)
            services.AddSingleton(settings);
        var provider = services.BuildServiceProvider();
        HttpMessageHandler handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(GatewayHttp.ClientName);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;
        return (HttpClientHandler)handler;
    }
}
