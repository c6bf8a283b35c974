using System.Globalization;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.BtcPay;

/// <summary>The checkout page of an invoice: its look and buttons are ours.</summary>
public sealed partial class BtcPayProvider
{
    private static readonly Dictionary<string, string> Buttons = new()
    {
        ["pay"] = "Pay",
        ["send"] = "Send, not confirmed yet",
        ["pay-short"] = "Pay a quarter",
        ["pay-over"] = "Pay too much",
        ["expire"] = "Let it expire"
    };

    private ApiAnswer ShowPayPage(ApiRequest request)
    {
        if (ById(request) is not { } p)
            return PayPage.Render(Title, "Invoice not found", [], [], 404);

        var method = p.Methods[0];
        method.Destination ??= ChainAddress.For(method.Currency);
        return PayPage.Render(Title, $"{Coins(p.Due(method))} {method.Currency}",
            [
                ("Description", p.Metadata["itemDesc"]?.ToString()), ("Price", $"{p.Amount.ToString(CultureInfo.InvariantCulture)} {p.Currency}"), ("Order", p.Reference), ("Buyer", p.Metadata["buyerEmail"]?.ToString()),
                ("Address", method.Destination), ("Status", p.Additional == "None" ? p.Status : $"{p.Status}/{p.Additional}")
            ], p.Status == "New" ? Buttons.Select(b => (b.Key, b.Value)) : p.Status == "Processing" ? [("confirm", "Confirm"), ("leave", "Back to shop")] : [("leave", "Back to shop")]);
    }

    private ApiAnswer UsePayPage(ApiRequest request)
    {
        var choice = request.Field("do");
        if (ById(request) is not { } p)
            return ShowPayPage(request);
        if (p.Status == "New" && Buttons.ContainsKey(choice) || p.Status == "Processing" && choice == "confirm")
            Act(p, choice, Args.None);
        else if (choice != "leave")
            return ShowPayPage(request);
        return new(303, "", "text/plain", p.Status == "New" && choice != "leave" ? p.PayUrl : p.Checkout["redirectURL"]?.ToString() ?? p.PayUrl);
    }
}
