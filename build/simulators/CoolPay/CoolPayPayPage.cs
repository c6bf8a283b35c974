using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoolPay;

/// <summary>The card page to which the link leads. Its buttons stand for cards: nothing is typed in here.</summary>
public sealed partial class CoolPayProvider
{
    private const string PageStyle = """
        body { min-height: 100vh; display: grid; place-items: center; background: #0d3b36 }
        main { background: #fff; border-radius: 14px; padding: 26px; width: 100%; max-width: 400px }
        h1 { font-size: 1rem; margin: 0; color: #5b6878 } .amount { font-size: 2rem; font-weight: 700; margin: 8px 0 4px }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; margin: 14px 0; overflow-wrap: anywhere } dt { color: #5b6878 } dd { margin: 0; text-align: right }
        form { display: grid; gap: 8px } button { padding: 10px } button[value=pay] { background: #0d7a6c; color: #fff; font-weight: 600 }
        p { color: #5b6878; font-size: .85rem; margin: 16px 0 0 }
        """;

    private static readonly Dictionary<string, string> Buttons = new()
    {
        ["pay"] = "Pay by card",
        ["pay-test"] = "Pay by test card",
        ["decline"] = "Card is declined",
        ["back"] = "Cancel (back to shop)"
    };

    private CoolPayPayment? PaymentOfPage(ApiRequest request) =>
        Payments.Find(p => p.PayUrl.EndsWith($"/pay/{request.Route["token"]}", StringComparison.Ordinal)) as CoolPayPayment;

    private ApiAnswer ShowPayPage(ApiRequest request)
    {
        if (PaymentOfPage(request) is not { } p)
            return Web(404, "<h1>CoolPay</h1><div class=\"amount\">Payment not found</div>");
        var buttons = Buttons.Where(b => !p.Accepted || b.Key == "back").Select(b => $"<button name=\"do\" value=\"{b.Key}\">{b.Value}</button>");
        return Web(200, $"""
            <h1>CoolPay</h1><div class="amount">{p.Amount} {Html.Text(p.Currency)}</div>
            <dl><dt>Order</dt><dd>{Html.Text(p.Reference)}</dd><dt>State</dt><dd>{p.Status}</dd><dt>Language</dt><dd>{Html.Text(p.Link?.Language)}</dd></dl>
            <form method="post">{string.Concat(buttons)}</form>
            <p>The amount is in the currency's smallest unit. Simulation: no money moves.</p>
            """);
    }

    /// <summary>A declined shopper stays here and can try another card.</summary>
    private ApiAnswer UsePayPage(ApiRequest request)
    {
        var choice = request.Field("do");
        if (PaymentOfPage(request) is not { Link: { } link } p || !Buttons.ContainsKey(choice))
            return ShowPayPage(request);
        if (choice != "back" && !p.Accepted)
            Act(p, choice == "decline" ? choice : "pay", choice == "pay-test" ? new(new Dictionary<string, string> { ["testMode"] = "true" }) : Args.None);
        var next = p.Accepted ? link.ContinueUrl : choice == "back" ? link.CancelUrl : null;
        return new(303, "", "text/plain", next ?? p.PayUrl);
    }

    private static ApiAnswer Web(int status, string main) => new(status, Html.Page("CoolPay", PageStyle, $"<main>{main}</main>"), "text/html; charset=utf-8");
}
