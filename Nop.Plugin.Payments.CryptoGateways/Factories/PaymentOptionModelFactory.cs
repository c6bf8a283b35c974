using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Ways to pay as cards.
/// </summary>
public class PaymentOptionModelFactory(DisplayedTotals totals, ILocalizationService localizationService)
{
    /// <param name="options">The ways to pay.</param>
    /// <param name="choice">What was chosen last; without it, or when it is not offered any more, the first is selected.</param>
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
        var (coin, gateway, amount) = (option.Coin, option.Gateway.Name, option.Shown.ToString(CultureInfo.CurrentCulture));
        var name = coin.IsMethod ? await TextAsync($"Gateways.{option.Gateway.SystemName}.Coin.{coin.Code}") : coin.Name;
        return new PaymentOptionModel(option.Choice, coin.IsMethod ? null : coin.Symbol, name, gateway, isSelected)
        {
            Amount = coin.IsMethod ? amount
                : option.IsInCoin ? await TextAsync("Checkout.About", amount) : await TextAsync("Checkout.Later", amount, coin.Symbol),
            Sentence = coin.IsMethod ? await TextAsync("Checkout.SingleExact", amount, gateway)
                : option.IsInCoin ? await TextAsync("Checkout.SingleChoice", amount, gateway) : await TextAsync("Checkout.SingleLater", amount, gateway, coin.Symbol),
            Network = coin.Network,
            Fee = option.Fee > 0 ? await totals.OfCartAsync(option.Fee) : null,
            Icon = coin.Icon
        };
    }

    private async Task<string> TextAsync(string key, params object[] values) =>
        EditableText.Format(await localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key), values);
}
