using System.Globalization;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Models of the store's own pay page.
/// </summary>
public class PayPageModelFactory(PayPageReader reader, PayPageStates states, OwnOrders ownOrders, ShopperTotals totals, IStoreContext storeContext,
    IWorkContext workContext, TimeProvider time)
{
    /// <summary>The page of an attempt that was found by its token.</summary>
    public async Task<PayPageModel> PageAsync(CryptoPayment found, string token)
    {
        var (payment, state) = await reader.ReadAsync(found);
        var order = await ownOrders.FindAsync(payment.OrderId);
        var language = await workContext.GetWorkingLanguageAsync();
        var isWaiting = state.State == PayState.Waiting;
        return new PayPageModel
        {
            StoreName = (await storeContext.GetCurrentStoreAsync()).Name,
            Language = language.LanguageCulture,
            IsRightToLeft = language.Rtl,
            TitleText = $"{PayPageModel.StateTexts}{state.State}.Title",
            IsLive = state.PollSeconds > 0,
            State = state,
            Token = token,
            GatewayName = states.GatewayNameOf(payment),
            Instructions = isWaiting ? InstructionsFor(payment) : null,
            ProviderUrl = isWaiting && Uri.TryCreate(payment.CheckoutUrl, UriKind.Absolute, out var page) && UrlRules.IsSafe(page) ? page.AbsoluteUri : null,
            Left = state.ExpiresOnUtc - time.GetUtcNow().UtcDateTime,
            Owner = order is null ? null : new PayOwnerModel(order.Id, order.CustomOrderNumber, await totals.OfOrderAsync(order), $"{payment.Gateway}:{payment.Coin}")
        };
    }

    /// <summary>The answer to an unknown or revoked token.</summary>
    public async Task<PayLayoutModel> NotFoundAsync()
    {
        var language = await workContext.GetWorkingLanguageAsync();
        return new PayLayoutModel
        {
            StoreName = (await storeContext.GetCurrentStoreAsync()).Name,
            Language = language.LanguageCulture,
            IsRightToLeft = language.Rtl,
            TitleText = CryptoGatewaysDefaults.TextPrefix + "NotFound.Title"
        };
    }

    private PayInstructions? InstructionsFor(CryptoPayment payment)
    {
        if (payment is not { Address: { } address, Due: { } due })
            return null;

        var coin = states.CoinOf(payment);
        var amount = coin?.Wallet is { } wallet ? due.RoundUp(wallet.Decimals) : due;
        return new PayInstructions(address, amount.Amount.ToString("0.############################", CultureInfo.InvariantCulture), payment.Coin, coin?.Name ?? payment.Coin,
            payment.Network ?? coin?.Name ?? payment.Coin, coin is null ? null : $"~/Plugins/{CryptoGatewaysDefaults.SystemName}/Content/coins/{coin.Icon}.svg",
            WalletUri.Of(coin?.Wallet, address, amount, payment.AddressTag))
        {
            Tag = payment.AddressTag
        };
    }
}
