using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// How the ways to pay are shown.
/// </summary>
public sealed class PaymentOptionListTests
{
    [Test]
    public void One_way_asks_nothing() => Assert.That((Of("USDT").Single?.Symbol, Of("USDT", "BTC").Single), Is.EqualTo(("USDT", (PaymentOptionModel?)null)));

    [Test]
    public void Few_ways_are_grouped_by_coin_too() =>
        Assert.That(Drawn(Of("USDT", "BTC", "USDT", "ETH", "USDC", "USDT")), Is.EqualTo("USDTx3 BTC ETH USDC"));

    [Test]
    public void Many_are_grouped_by_coin_where_the_coin_first_stood() =>
        Assert.That(Drawn(Of("USDT", "BTC", "USDT", "ETH", "BTC", "USDT", "USDC")), Is.EqualTo("USDTx3 BTCx2 ETH USDC"));

    [Test]
    public void What_is_no_single_coin_is_never_grouped() =>
        Assert.That(Drawn(Of("USDT", "", "USDT", "", "USDT", "USDT", "USDT")), Is.EqualTo("USDTx5  "));

    [Test]
    public void Of_thirty_coins_six_are_shown_and_what_was_chosen_is_never_folded_away([Values(0, 29)] int selected)
    {
        var list = PaymentOptionListModel.Of([.. Enumerable.Range(0, 30).Select(i => Card($"C{i}", i, i == selected))]);
        Assert.That((list.Shown.Count, list.MoreCount, list.IsMoreOpen, list.All.Count()), Is.EqualTo((6, 24, selected == 29, 30)));
    }

    [TestCase(PriceBasis.Coin, null, "12.5 BTC", true)]
    [TestCase(PriceBasis.UsDollar, "USD", "12.5 BTC", true)]
    [TestCase(PriceBasis.Undecided, "USD", "12.5 BTC", true)]
    [TestCase(PriceBasis.UsDollar, null, "12.5 USD", false)]
    [TestCase(PriceBasis.UsDollar, "EUR", "12.5 USD", false)]
    [TestCase(PriceBasis.StoreCurrency, null, "12.5 SEK", false)]
    [TestCase(PriceBasis.StoreCurrency, "USD", "12.5 SEK", false)]
    public void An_amount_of_money_is_never_called_one_of_the_coin(PriceBasis basis, string? peggedTo, string shown, bool isInCoin)
    {
        var coin = new CoinDescriptor("BTCBSC", "Bitcoin", 1m, peggedTo) { Symbol = "BTC" };
        var option = new PaymentOption(new TalkativeGateway().Descriptor, coin, new Money(12.5m, "SEK"), new Money(12.5m, basis == PriceBasis.StoreCurrency ? "SEK" : coin.Code)) { Basis = basis };
        Assert.That((option.Shown.ToString(), option.IsInCoin), Is.EqualTo((shown, isInCoin)));
    }

    [TestCase("TRON", "TRON", "A · 12.5", "B · 13")]
    [TestCase("TRON", "Polygon", "TRON · 12.5", "Polygon · 13")]
    [TestCase(null, null, "A · 12.5", "B · 13")]
    public void A_way_is_told_from_the_others_by_what_they_do_not_share(string? first, string? second, string label, string other)
    {
        var group = new PaymentOptionGroupModel([Card("USDT", 0, false) with { Network = first, GatewayName = "A", Amount = "12.5" }, Card("USDT", 1, true) with { Network = second, GatewayName = "B", Amount = "13" }]);
        Assert.That(group.PaymentOptions.Select(group.LabelOf), Is.EqualTo(first == second && first is not null ? [$"{first} · {label}", $"{second} · {other}"] : new[] { label, other }));
        Assert.That((group.Value, group.First.Amount), Is.EqualTo(("USDT", "13")));
    }

    private static PaymentOptionListModel Of(params string[] symbols) => PaymentOptionListModel.Of([.. symbols.Select((symbol, i) => Card(symbol, i, i == 0))]);

    private static string Drawn(PaymentOptionListModel list) =>
        string.Join(' ', list.Shown.Select(group => group.First.Symbol + (group.PaymentOptions.Count > 1 ? $"x{group.PaymentOptions.Count}" : "")));

    private static PaymentOptionModel Card(string symbol, int i, bool isSelected) =>
        new($"gateway:{i}", symbol.Length == 0 ? null : symbol, symbol, "Gateway", isSelected) { Amount = "", Sentence = "", Icon = "btc" };
}
