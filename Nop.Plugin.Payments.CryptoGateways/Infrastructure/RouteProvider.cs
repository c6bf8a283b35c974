using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Web.Framework;
using Nop.Web.Framework.Mvc.Routing;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// The plugin's addresses. None has a language in front: providers keep them, and shoppers come back to them from outside.
/// </summary>
public class RouteProvider : IRouteProvider
{
    public int Priority => 0;

    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder)
    {
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Configure, "Admin/CryptoGateways/Configure",
            new { controller = "CryptoGateways", action = "Configure", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Setup, "Admin/CryptoGateways/Setup/{action:regex(^(Test|SwitchOn)$)}/{gateway}",
            new { controller = "CryptoSetup", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.SelfTest, "Admin/CryptoGateways/SelfTest/{gateway}",
            new { controller = "CryptoHealth", action = "SelfTest", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Dismiss, "Admin/CryptoGateways/Dismiss/{id:int}",
            new { controller = "CryptoHealth", action = "Dismiss", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.OrderPayments, "Admin/CryptoGateways/{action:regex(^(Order|Check|Replay|PayOut|ResolvePayout)$)}/{id:int?}",
            new { controller = "CryptoPayments", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.OrderOperations, "Admin/CryptoGateways/{action:regex(^(Capture|Void|Refund|NewLink|SettleManually)$)}/{id:int}",
            new { controller = "CryptoOperations", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Surplus, "Admin/CryptoGateways/{action:regex(^(RefundSurplus|ResolveSurplus|SurplusReturned)$)}/{id:int}",
            new { controller = "CryptoSurplus", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.PaymentList, "Admin/CryptoGateways/{action:regex(^(Payments|List|Export)$)}",
            new { controller = "CryptoPaymentList", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Report, "Admin/CryptoGateways/Report",
            new { controller = "CryptoReport", action = "Report", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Webhook, "Plugins/CryptoGateways/Webhook/{gateway}",
            new { controller = "CryptoWebhook", action = "Receive" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Return, "checkout/crypto/return/{reference}",
            new { controller = "CryptoReturn", action = "Return" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Order, "checkout/crypto/order/{orderId:int}",
            new { controller = "CryptoCheckout", action = "Order" });
        // Any token: for one that is not ours the plugin answers 404 itself. The addresses above are more exact and go first.
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.Pay, "checkout/crypto/{token}",
            new { controller = "CryptoPay", action = "Pay" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.PayState, "checkout/crypto/{token}/state",
            new { controller = "CryptoPayState", action = "State" });
        // What is left below these addresses: left to the platform, each would be logged and make a guest.
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.UnknownPage, "checkout/crypto/{**rest}",
            new { controller = "CryptoUnknown", action = "Any", allowed = "GET, HEAD" });
        endpointRouteBuilder.MapControllerRoute(CryptoGatewaysDefaults.Route.UnknownWebhook, "Plugins/CryptoGateways/{**rest}",
            new { controller = "CryptoUnknown", action = "Any", allowed = "POST" });
    }
}
