using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the store's own pay page and the receipt.
/// </summary>
public class PayPageModelFactory(PayPageReader reader, PayOwnerModelFactory owners, StoreLookFactory looks, PayInstructionsFactory instructions,
    PayFactsFactory facts, TimeProvider time)
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
        var all = await facts.OfAsync(payment, summary, order);
        return new PayPageModel
        {
            Look = await looks.LookAsync(),
            TitleText = $"{PaymentSummary.StateTexts}{summary.State}.Title",
            IsLive = state.PollSeconds > 0,
            State = state,
            Token = token,
            Facts = summary.ShowsAmounts ? all with { Amount = null, Received = null } : all,
            Instructions = await instructions.OfAsync(payment, summary, order),
            ProviderUrl = summary.AcceptsPayment && summary.State != PaymentState.QuoteExpired && Uri.TryCreate(payment.CheckoutUrl, UriKind.Absolute, out var page) && UrlRules.IsSafe(page) ? page.AbsoluteUri : null,
            EndsOnUtc = end,
            TimeLeft = end - time.GetUtcNow().UtcDateTime,
            TimeAllowed = end - payment.CreatedOnUtc,
            Owner = await owners.ForAsync(payment, summary)
        };
    }

    /// <summary>The receipt of an attempt that was found by its token; null unless it paid its order.</summary>
    public async Task<ReceiptModel?> ReceiptAsync(CryptoPayment found, string token)
    {
        var (payment, order, state) = await reader.ReadAsync(found);
        return order is null || !state.Payment.HasReceipt || state.Payment.PaidOnUtc is not { } paidOn ? null : new ReceiptModel
        {
            Look = await looks.LookAsync(),
            TitleText = "Plugins.Payments.CryptoGateways.Receipt.Title",
            Token = token,
            OrderNumber = order.CustomOrderNumber,
            Facts = await facts.OfAsync(payment, state.Payment, order),
            PaidOn = paidOn.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
        };
    }

    /// <param name="isPayPage">See <see cref="NotFoundModel.IsPayPage"/>.</param>
    public async Task<NotFoundModel> NotFoundAsync(bool isPayPage) => new()
    {
        IsPayPage = isPayPage,
        Look = await looks.LookAsync(),
        TitleText = "Plugins.Payments.CryptoGateways.NotFound.Title"
    };
}
