using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoinPay24;

/// <summary>The page of payment_url: first the choice of a coin, if none was chosen, then address and amount. Its look and buttons are ours; that it leads to success_url and cancel_url is documented.</summary>
public sealed partial class CoinPay24Provider
{
    private static readonly Dictionary<string, string> Buttons = new()
    {
        ["pay"] = "Pay",
        ["confirm"] = "Send, network not done yet",
        ["pay-short"] = "Pay too little",
        ["pay-over"] = "Pay too much",
        ["cancel"] = "Cancel"
    };

    private ApiAnswer ShowPayPage(ApiRequest request)
    {
        if (ByToken(request) is not { } p)
            return PayPage.Render(Title, "Invoice not found", [], [], 404);
        var price = $"{Decimal(p.Amount)} {p.Currency}";
        IEnumerable<(string, string)> buttons = !CanPay(p) ? [("leave", "Back to shop")]
            : p.PayCurrency is null ? [.. Settings.List("payCurrencies").Select(c => ($"choose-{c}", c)), ("cancel", "Cancel")]
            : Buttons.Select(b => (b.Key, b.Value));
        return PayPage.Render(Title, p.PayCurrency is null ? price : $"{Coins(p.PayAmount!.Value)} {p.PayCurrency}",
            [
                ("Title", p.Title), ("Description", p.Description), ("Price", price), ("Order", p.Reference), ("Buyer", p.PurchaserFullname), ("Email", p.PurchaserEmail),
                ("Address", p.PaymentAddress), ("Status", p.Status), ("Until", p.ExpireUtc is { } end ? Stamp(end) : null)
            ], buttons);
    }

    private ApiAnswer UsePayPage(ApiRequest request)
    {
        var choice = request.Field("do");
        if (ByToken(request) is not { } p)
            return ShowPayPage(request);
        if (CanPay(p))
        {
            if (choice.StartsWith("choose-", StringComparison.Ordinal) && Settings.List("payCurrencies").Contains(choice[7..]))
            {
                Choose(p, choice[7..], Args.None);
                return new(303, "", "text/plain", p.PayUrl);
            }
            if (Buttons.ContainsKey(choice) && (p.PayCurrency is not null || choice == "cancel"))
                Act(p, choice, Args.None);
            else
                return ShowPayPage(request);
        }
        var next = p.Status is "canceled" or "expired" or "invalid" ? p.CancelUrl : p.SuccessUrl;
        return new(303, "", "text/plain", next ?? p.PayUrl);
    }

    private CoinPay24Invoice? ByToken(ApiRequest request) =>
        Payments.Cast<CoinPay24Invoice>().FirstOrDefault(p => p.Token == request.Route["token"] as string);

    private static bool CanPay(CoinPay24Invoice p) => p.Status is Open or Chosen && !p.Seen;
}
