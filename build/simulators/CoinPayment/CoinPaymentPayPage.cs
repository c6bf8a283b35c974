using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoinPayment;

/// <summary>The pages of checkout_url, status_url and qrcode_url. Their look is ours; only the checkout takes money.</summary>
public sealed partial class CoinPaymentProvider
{
    private static readonly Dictionary<string, string> Buttons = new()
    {
        ["pay"] = "Pay",
        ["confirm"] = "Send, one confirmation more",
        ["pay-short"] = "Pay too little",
        ["pay-over"] = "Pay too much",
        ["cancel"] = "Cancel"
    };

    private ApiAnswer ShowPayPage(ApiRequest request)
    {
        if (ByPageKey(request) is not { } p)
            return PayPage.Render(Title, "Transaction not found", [], [], 404);
        var open = p.Status is "0" or "1" && request.Query["cmd"] != "status";
        return PayPage.Render(Title, $"{Coins(p.Amount)} {p.Currency}",
            [
                ("Price", $"{Plain(p.PriceUsd)} USD"), ("Address", p.Address), ("Transaction", p.Reference), ("Status", Words(p.Status)),
                ("Received", Coins(p.Received)), ("Confirmations", $"{p.Confirms} of {p.ConfirmsNeeded}"), ("Until", $"{p.ExpireUtc:u}")
            ], open ? Buttons.Select(b => (b.Key, b.Value)) : []);
    }

    private ApiAnswer UsePayPage(ApiRequest request)
    {
        var choice = request.Field("do");
        if (ByPageKey(request) is { Status: "0" or "1" } p && Buttons.ContainsKey(choice))
            Act(p, choice, Args.None);
        return ShowPayPage(request);
    }

    /// <summary>A picture in the place of a QR code; it cannot be scanned.</summary>
    private ApiAnswer ShowQrCode(ApiRequest request) => ByPageKey(request) is null ? Error(404) : new(200,
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path d="M0 0h40v40H0z" fill="#fff"/><path d="M4 4h12v12H4zM24 4h12v12H24zM4 24h12v12H4zM24 24h6v6h-6z"/></svg>""", "image/svg+xml");

    private CoinPaymentTransaction? ByPageKey(ApiRequest request) =>
        base.Find(request.Query["id"].ToString()) is CoinPaymentTransaction p && request.Query["key"] == p.PageKey ? p : null;
}
