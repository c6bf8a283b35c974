using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

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
