using System.Globalization;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Models of the store's own pay page.
/// </summary>
public class PayPageModelFactory(PayPageReader reader, AttemptGateways gateways, PayOwnerModelFactory owners, IStoreContext storeContext,
    IWorkContext workContext, TimeProvider time)
{
    /// <summary>The page of an attempt that was found by its token.</summary>
    public async Task<PayPageModel> PageAsync(CryptoPayment found, string token)
    {
        var (payment, state) = await reader.ReadAsync(found);
        var language = await workContext.GetWorkingLanguageAsync();
        var mayPay = state.State == PayState.Waiting || state.TakesRest;
        var instructions = mayPay ? InstructionsFor(payment, state.Missing) : null;
        return new PayPageModel
        {
            StoreName = (await storeContext.GetCurrentStoreAsync()).Name,
            Language = language.LanguageCulture,
            IsRightToLeft = language.Rtl,
            TitleText = $"{PayPageModel.StateTexts}{state.State}.Title",
            IsLive = state.PollSeconds > 0,
            State = state,
            Token = token,
            GatewayName = gateways.NameOf(payment),
            Instructions = instructions,
            ProviderUrl = mayPay && Uri.TryCreate(payment.CheckoutUrl, UriKind.Absolute, out var page) && UrlRules.IsSafe(page) ? page.AbsoluteUri : null,
            Left = state.ExpiresOnUtc - time.GetUtcNow().UtcDateTime,
            Whole = payment.ExpiresOnUtc - payment.CreatedOnUtc,
            Owner = await owners.ForAsync(payment, state.State)
        };
    }

    /// <param name="isPayPage">See <see cref="NotFoundModel.IsPayPage"/>.</param>
    public async Task<NotFoundModel> NotFoundAsync(bool isPayPage)
    {
        var language = await workContext.GetWorkingLanguageAsync();
        return new NotFoundModel
        {
            IsPayPage = isPayPage,
            StoreName = (await storeContext.GetCurrentStoreAsync()).Name,
            Language = language.LanguageCulture,
            IsRightToLeft = language.Rtl,
            TitleText = "Plugins.Payments.CryptoGateways.NotFound.Title"
        };
    }

    /// <param name="payment">The attempt.</param>
    /// <param name="rest">What is still due; null for all of it.</param>
    private PayInstructions? InstructionsFor(CryptoPayment payment, Money? rest)
    {
        if (payment is not { Address: { } address, Due: { } due } || !gateways.HasGoodAddress(payment))
            return null;

        var coin = gateways.CoinOf(payment);
        var symbol = coin?.Symbol ?? payment.Coin;
        var amount = rest is { } missing && missing.Currency == symbol ? due with { Amount = missing.Amount } : due;
        if (coin?.Wallet is { } wallet)
            amount = amount.RoundUp(wallet.Decimals);
        return new PayInstructions(address, Money.NumberOf(amount.Amount), symbol, coin?.Name ?? payment.Coin,
            payment.Network ?? coin?.Name ?? payment.Coin, coin is null ? null : $"~/Plugins/{CryptoGatewaysDefaults.SystemName}/Content/coins/{coin.Icon}.svg",
            WalletUri.Of(coin?.Wallet, address, amount, payment.AddressTag))
        {
            Tag = payment.AddressTag
        };
    }
}
