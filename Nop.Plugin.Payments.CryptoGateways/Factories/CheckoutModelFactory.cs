using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the payment step of the checkout and the order's payment page.
/// </summary>
public class CheckoutModelFactory(CartPaymentOptions cartOptions, LastChoice lastChoice, OrderPayments orderPayments,
    PayPageLinks payPages, DisplayedTotals totals, PaymentOptionModelFactory optionModels)
{
    /// <param name="choice">The choice just submitted; null when no form was submitted.</param>
    public async Task<PaymentInfoModel> PaymentInfoAsync(string? choice)
    {
        var options = await cartOptions.ForCurrentCartAsync();
        return new PaymentInfoModel
        {
            Total = options.Count > 0 ? await totals.OfCartAsync(options[0].Price.Amount - options[0].Fee) : null,
            PaymentOptions = await optionModels.ListAsync(options, choice ?? await lastChoice.FindAsync())
        };
    }

    public async Task<OrderPaymentModel> OrderAsync(Order order)
    {
        var view = await orderPayments.ReadAsync(order);
        var (payment, summary, options, balance) = view;
        return new OrderPaymentModel
        {
            OrderId = order.Id,
            OrderNumber = order.CustomOrderNumber,
            Total = await totals.OfOrderAsync(order),
            Balance = balance is { } money && options.Count > 0 ? await totals.OfOrderAsync(order, money.Amount) : null,
            State = view.State,
            Payment = summary,
            FeeIsHigher = view.FeeIsHigher,
            PayPageUrl = IsUnderWay(payment, summary) ? await payPages.OwnPageOfAsync(payment!) : null,
            MinutesToWait = options.Count > 0 && await orderPayments.PauseAsync(order) is { } pause ? (int)Math.Ceiling(pause.TotalMinutes) : null,
            PaymentOptions = await optionModels.ListAsync(options, payment?.Choice, order)
        };
    }

    /// <summary>True when the own pay page shows where to pay or tracks confirmations. For a payment on the provider's page, the shopper chooses again instead.</summary>
    private static bool IsUnderWay(CryptoPayment? payment, PaymentSummary? summary) => summary switch
    {
        { Balance: BalancePaymentMethod.SameAddress or BalancePaymentMethod.SamePage or BalancePaymentMethod.Later } => true,
        { State: PaymentState.AwaitingPayment or PaymentState.QuoteExpired or PaymentState.Detected or PaymentState.Confirming } => payment!.Address is not null,
        _ => false
    };
}
