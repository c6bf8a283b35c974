using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Web.Framework;
using Nop.Web.Framework.Mvc.Routing;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// The configuration page and the public routes. The latter have no language prefix, because providers store them and shoppers return to them
/// from other sites. The platform's area route covers the other admin pages.
/// </summary>
public class RouteProvider : IRouteProvider
{
    public int Priority => 0;

    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder)
    {
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Configuration, "Admin/CryptoGateways/Configure",
            new { controller = "CryptoGateways", action = "Configure", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Webhook, "Plugins/CryptoGateways/Webhook/{gateway}",
            new { controller = "CryptoWebhook", action = "Receive" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Return, "checkout/crypto/return/{reference}",
            new { controller = "CryptoReturn", action = "Return" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Order, "checkout/crypto/order/{orderId:int}",
            new { controller = "CryptoCheckout", action = "Order" });
        // Matches any token; the controller responds 404 to an unknown one. The more specific routes above take precedence.
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Pay, "checkout/crypto/{token}",
            new { controller = "CryptoPay", action = "Pay" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.PayState, "checkout/crypto/{token}/state",
            new { controller = "CryptoPayState", action = "State" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Receipt, "checkout/crypto/{token}/receipt",
            new { controller = "CryptoPay", action = "Receipt" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Accent, "checkout/crypto/accent/{color}.css",
            new { controller = "CryptoAccent", action = "StyleSheet" });
        // All other URLs below these paths: the platform would log each request and create a guest customer.
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.UnknownPage, "checkout/crypto/{**rest}",
            new { controller = "CryptoUnknown", action = "Any", allowed = "GET, HEAD" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.UnknownWebhook, "Plugins/CryptoGateways/{**rest}",
            new { controller = "CryptoUnknown", action = "Any", allowed = "POST" });
    }
}
