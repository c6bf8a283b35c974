using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Ways to pay as cards.
/// </summary>
public class OfferModelFactory(ShopperTotals totals, ILocalizationService localizationService)
{
    /// <param name="offers">The ways to pay.</param>
    /// <param name="choice">What was chosen last; without it, or when it is not offered any more, the first is selected.</param>
    public async Task<OfferListModel> ListAsync(IReadOnlyList<Offer> offers, string? choice)
    {
        var selected = offers.FirstOrDefault(offer => offer.Choice == choice) ?? (offers.Count > 0 ? offers[0] : null);
        var cards = new List<OfferModel>();
        foreach (var offer in offers)
            cards.Add(await CardAsync(offer, offer == selected));
        return OfferListModel.Of(cards);
    }

    private async Task<OfferModel> CardAsync(Offer offer, bool isSelected)
    {
        var (coin, gateway, amount) = (offer.Coin, offer.Gateway.Name, offer.Shown.ToString(CultureInfo.CurrentCulture));
        var name = coin.IsMethod ? await TextAsync($"Gateways.{offer.Gateway.SystemName}.Coin.{coin.Code}") : coin.Name;
        return new OfferModel(offer.Choice, coin.IsMethod ? null : coin.Symbol, name, gateway, isSelected)
        {
            Amount = coin.IsMethod ? amount
                : offer.IsInCoin ? await TextAsync("Checkout.About", amount) : await TextAsync("Checkout.Later", amount, coin.Symbol),
            Sentence = coin.IsMethod ? await TextAsync("Checkout.SingleExact", amount, gateway)
                : offer.IsInCoin ? await TextAsync("Checkout.SingleChoice", amount, gateway) : await TextAsync("Checkout.SingleLater", amount, gateway, coin.Symbol),
            Network = coin.Network,
            Fee = offer.Fee > 0 ? await totals.OfCartAsync(offer.Fee) : null,
            Icon = coin.Icon
        };
    }

    private async Task<string> TextAsync(string key, params object[] values) =>
        EditableText.Format(await localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key), values);
}
