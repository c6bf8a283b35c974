using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
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

/// <summary>
/// Prepares payment options as shoppers see them.
/// </summary>
public class PaymentOptionModelFactory(DisplayedTotals totals, PluginTexts texts)
{
    /// <param name="options">Available payment options.</param>
    /// <param name="choice">The last choice; when null or no longer available, the first option is selected. The selected option comes first.</param>
    /// <param name="order">The order that is paid; null for the cart.</param>
    public async Task<PaymentOptionListModel> ListAsync(IReadOnlyList<PaymentOption> options, string? choice, Order? order = null)
    {
        var selected = options.FirstOrDefault(option => option.Choice == choice) ?? (options.Count > 0 ? options[0] : null);
        var models = new List<PaymentOptionModel>();
        foreach (var option in options.OrderByDescending(option => option == selected))
            models.Add(await OptionAsync(option, option == selected, order));
        return PaymentOptionListModel.Of(models);
    }

    private async Task<PaymentOptionModel> OptionAsync(PaymentOption option, bool isSelected, Order? order)
    {
        var (coin, gateway) = (option.Coin, option.Gateway.Name);
        var price = order is null ? await totals.OfCartAsync(option.Price.Amount) : await totals.OfOrderAsync(order, option.Price.Amount);
        var amount = option.IsInCoin ? option.Shown.ToLocalString(CultureInfo.CurrentCulture) : await totals.OfMoneyAsync(option.Shown);
        var name = await texts.CoinNameAsync(option.Gateway, coin);
        return new PaymentOptionModel(option.Choice, coin.IsMethod ? null : coin.Symbol, name, gateway, isSelected)
        {
            Amount = coin.IsMethod ? amount
                : option.IsInCoin ? await texts.GetAsync("Checkout.About", amount) : await texts.GetAsync("Checkout.Later", amount, coin.Symbol),
            Price = price == amount ? null : price,
            Sentence = coin.IsMethod ? await texts.GetAsync("Checkout.SingleExact", amount, gateway)
                : option.IsInCoin ? await texts.GetAsync("Checkout.SingleChoice", amount, gateway) : await texts.GetAsync("Checkout.SingleLater", amount, gateway, coin.Symbol),
            Network = coin.Network,
            Fee = option.Fee > 0 ? await totals.OfCartAsync(option.Fee) : null,
            Icon = coin.Icon
        };
    }
}

/// <summary>
/// Prepares the state of the crypto payment on the platform's order page.
/// </summary>
public class OrderStatusModelFactory(CustomerOrders customerOrders, PaymentSummaryReader summaries, PayPageLinks pages)
{
    /// <summary>Null for an order of another customer or payment method, and for one that was settled without an attempt.</summary>
    public async Task<OrderStatusModel?> ForAsync(int orderId)
    {
        if (await customerOrders.FindAsync(orderId) is not { } order)
            return null;

        var (payment, summary) = OrderPayments.DecisiveOf(await summaries.OfOrderAsync(order));
        if (payment is null || summary is null)
        {
            return PaymentFactsReader.StateOf(order) != OrderState.Open ? null : new OrderStatusModel
            {
                TitleText = $"{PaymentSummary.StateTexts}{PaymentState.NotStarted}.Title",
                StateText = $"{PaymentSummary.StateTexts}{PaymentState.NotStarted}",
                PageUrl = pages.OrderPageOf(orderId)
            };
        }

        var page = await pages.OwnPageOfAsync(payment);
        return new OrderStatusModel
        {
            TitleText = $"{PaymentSummary.StateTexts}{summary.State}.Title",
            StateText = summary.StateText,
            PageUrl = page,
            ReceiptUrl = summary.HasReceipt ? $"{page}/receipt" : null
        };
    }
}
