using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares payment options as cards.
/// </summary>
public class PaymentOptionModelFactory(DisplayedTotals totals, PluginTexts texts)
{
    /// <param name="options">Available payment options.</param>
    /// <param name="choice">The last choice; when null or no longer available, the first option is selected.</param>
    public async Task<PaymentOptionListModel> ListAsync(IReadOnlyList<PaymentOption> options, string? choice)
    {
        var selected = options.FirstOrDefault(option => option.Choice == choice) ?? (options.Count > 0 ? options[0] : null);
        var cards = new List<PaymentOptionModel>();
        foreach (var option in options)
            cards.Add(await CardAsync(option, option == selected));
        return PaymentOptionListModel.Of(cards);
    }

    private async Task<PaymentOptionModel> CardAsync(PaymentOption option, bool isSelected)
    {
        var (coin, gateway, amount) = (option.Coin, option.Gateway.Name, option.Shown.ToLocalString(CultureInfo.CurrentCulture));
        var name = coin.IsMethod ? await texts.GetAsync($"Gateways.{option.Gateway.SystemName}.Coin.{coin.Code}") : coin.Name;
        return new PaymentOptionModel(option.Choice, coin.IsMethod ? null : coin.Symbol, name, gateway, isSelected)
        {
            Amount = coin.IsMethod ? amount
                : option.IsInCoin ? await texts.GetAsync("Checkout.About", amount) : await texts.GetAsync("Checkout.Later", amount, coin.Symbol),
            Sentence = coin.IsMethod ? await texts.GetAsync("Checkout.SingleExact", amount, gateway)
                : option.IsInCoin ? await texts.GetAsync("Checkout.SingleChoice", amount, gateway) : await texts.GetAsync("Checkout.SingleLater", amount, gateway, coin.Symbol),
            Network = coin.Network,
            Fee = option.Fee > 0 ? await totals.OfCartAsync(option.Fee) : null,
            Icon = coin.Icon
        };
    }
}
