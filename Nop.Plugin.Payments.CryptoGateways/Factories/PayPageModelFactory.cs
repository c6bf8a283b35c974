using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the store's own pay page.
/// </summary>
public class PayPageModelFactory(PayPageReader reader, AttemptGateways gateways, PayOwnerModelFactory owners, StoreLookFactory looks,
    PayPriceFactory prices, TimeProvider time)
{
    /// <summary>End of the countdown: when the quote expires, or when the provider stops accepting payment if that comes first or the quote has already expired.</summary>
    private static DateTime? EndOf(PaymentSummary summary) => summary switch
    {
        { AcceptsPayment: false } or { State: PaymentState.QuoteExpired } => null,
        { QuoteExpiresOnUtc: { } quote, IsQuoteOver: false } when !(summary.AcceptsPaymentUntilUtc < quote) => quote,
        _ => summary.AcceptsPaymentUntilUtc
    };

    /// <summary>The page of an attempt that was found by its token.</summary>
    public async Task<PayPageModel> PageAsync(CryptoPayment found, string token)
    {
        var (payment, order, state) = await reader.ReadAsync(found);
        var summary = state.Payment;
        var end = EndOf(summary);
        return new PayPageModel
        {
            Look = await looks.LookAsync(),
            TitleText = $"{PaymentSummary.StateTexts}{summary.State}.Title",
            IsLive = state.PollSeconds > 0,
            State = state,
            Token = token,
            GatewayName = gateways.NameOf(payment),
            Instructions = summary.ToSend is { } amount ? InstructionsFor(payment, amount, await prices.OfAsync(payment, summary, order, amount)) : null,
            ProviderUrl = summary.AcceptsPayment && summary.State != PaymentState.QuoteExpired && Uri.TryCreate(payment.CheckoutUrl, UriKind.Absolute, out var page) && UrlRules.IsSafe(page) ? page.AbsoluteUri : null,
            EndsOnUtc = end,
            TimeLeft = end - time.GetUtcNow().UtcDateTime,
            TimeAllowed = end - payment.CreatedOnUtc,
            Owner = await owners.ForAsync(payment, summary)
        };
    }

    /// <param name="isPayPage">See <see cref="NotFoundModel.IsPayPage"/>.</param>
    public async Task<NotFoundModel> NotFoundAsync(bool isPayPage)
    {
        return new NotFoundModel
        {
            IsPayPage = isPayPage,
            Look = await looks.LookAsync(),
            TitleText = "Plugins.Payments.CryptoGateways.NotFound.Title"
        };
    }

    /// <param name="payment">The attempt.</param>
    /// <param name="amount">Amount that the wallet must send now.</param>
    /// <param name="price">The same in the order's currency.</param>
    private PayInstructions? InstructionsFor(CryptoPayment payment, Money amount, PayPrice? price)
    {
        if (payment.Address is not { } address)
            return null;

        var coin = gateways.CoinOf(payment);
        return new PayInstructions(address, amount.Amount, coin?.Symbol ?? payment.Coin, coin?.Name ?? payment.Coin,
            payment.Network ?? coin?.Name ?? payment.Coin, coin is null ? null : $"~/Plugins/{CryptoGatewaysDefaults.SystemName}/Content/coins/{coin.Icon}.svg",
            WalletUri.Of(coin?.Wallet, address, amount, payment.AddressTag))
        {
            Tag = payment.AddressTag,
            Price = price
        };
    }
}
