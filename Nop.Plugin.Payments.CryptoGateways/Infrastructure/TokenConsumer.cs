using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Events;
using Nop.Services.Messages;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Tells the platform's mails what they can say of a payment. It is found by its type even when the plugin is not installed.
/// </summary>
public class TokenConsumer(PayLinks links, IMessageTokenProvider tokenProvider, IPaymentPluginManager paymentPluginManager)
    : IConsumer<AdditionalTokensAddedEvent>, IConsumer<EntityTokensAddedEvent<Order>>
{
    /// <summary>In every mail about an order: where it can be paid, empty once it needs not be paid.</summary>
    private const string PayUrlToken = "Order.CryptoPayUrl";

    /// <summary>
    /// The template editor lists the tokens that it is told of here. It asks by groups, and without any for templates of plugins:
    /// ours hold what the platform knows of store and order too.
    /// </summary>
    public async Task HandleEventAsync(AdditionalTokensAddedEvent eventMessage)
    {
        if (!await paymentPluginManager.IsPluginInstalledAsync())
            return;

        var groups = eventMessage.TokenGroups?.ToList() ?? [];
        if (groups.Count == 0)
            eventMessage.AddTokens([.. AdminNotifier.AllowedTokens, .. ShopperMails.AllowedTokens,
                .. await tokenProvider.GetListOfAllowedTokensAsync([TokenGroupNames.StoreTokens, TokenGroupNames.OrderTokens])]);
        else if (groups.Contains(TokenGroupNames.OrderTokens))
            eventMessage.AddTokens($"%{PayUrlToken}%");
    }

    public async Task HandleEventAsync(EntityTokensAddedEvent<Order> eventMessage)
    {
        // The platform adds an order's tokens in two steps to mails about refunds.
        if (eventMessage.Tokens.All(token => token.Key != PayUrlToken) && await paymentPluginManager.IsPluginInstalledAsync())
            eventMessage.Tokens.Add(new Token(PayUrlToken, await links.OfAsync(eventMessage.Entity), true));
    }
}
