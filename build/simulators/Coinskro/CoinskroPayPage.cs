using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.Coinskro;

/// <summary>The hosted page to which PaymentURL leads. Its look and buttons are ours; that it sends the shopper to success_url or failure_url is documented.</summary>
public sealed partial class CoinskroProvider
{
    private const string PageStyle = """
        body { min-height: 100vh; display: grid; place-items: center; background: #10243e }
        main { background: #fff; border-radius: 14px; padding: 26px; width: 100%; max-width: 400px; box-shadow: 0 10px 40px #0006 }
        h1 { font-size: 1rem; margin: 0; color: #5b6878 } .amount { font-size: 2rem; font-weight: 700; margin: 8px 0 4px }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; margin: 14px 0; overflow-wrap: anywhere } dt { color: #5b6878 } dd { margin: 0; text-align: right }
        form { display: grid; gap: 8px } button { padding: 10px } button[value=pay] { background: #0b63ce; color: #fff; border-color: #0b63ce; font-weight: 600; font-size: 1.1rem }
        p { color: #5b6878; font-size: .85rem; margin: 16px 0 0 }
        """;

    private static readonly Dictionary<string, string> Buttons = new()
    {
        ["pay"] = "Pay",
        ["pay-short"] = "Pay too little",
        ["pay-over"] = "Pay too much",
        ["cancel"] = "Cancel",
        ["fail"] = "Fail",
        ["leave"] = "Leave without paying (back to shop)"
    };

    /// <summary>Opening the page links the payment: "customer started the payment".</summary>
    private ApiAnswer ShowPayPage(ApiRequest request)
    {
        if (Find(request.Field("reference")) is not CoinskroPayment p)
            return Web(404, "<h1>Coinskro Pay</h1><div class=\"amount\">Payment not found</div>");
        if (p is { Status: "unlinked", Abandoned: false })
            SetStatus(p, "linked", Args.None);
        var open = p is { Status: "linked", Abandoned: false };
        var buttons = Buttons.Where(b => open || b.Key == "leave").Select(b => $"<button name=\"do\" value=\"{b.Key}\">{b.Value}</button>");
        var fee = p.FeePayer == "customer" ? $"<dt>Price</dt><dd>{p.Amount} {p.Currency}</dd><dt>Fee 1 %</dt><dd>{p.Fee} {p.Currency}</dd>" : "";
        return Web(200, $"""
            <h1>Coinskro Pay</h1><div class="amount">{p.Due} {p.Currency}</div>
            <dl>{fee}<dt>Reference</dt><dd>{Html.Text(p.Reference)}</dd><dt>Status</dt><dd>{(p is { Abandoned: true, Status: "unlinked" or "linked" } ? "expired" : p.Status)}</dd></dl>
            <form method="post">{string.Concat(buttons)}</form>
            <p>Simulation: no money moves.</p>
            """);
    }

    private ApiAnswer UsePayPage(ApiRequest request)
    {
        var choice = request.Field("do");
        if (Find(request.Field("reference")) is not CoinskroPayment p || !Buttons.ContainsKey(choice))
            return ShowPayPage(request);
        if (choice != "leave" && p is { Status: "linked", Abandoned: false })
            Act(p, choice, Args.None);
        var next = p.Status is "completed" or "pending" or "in-appeal" ? p.SuccessUrl : p.FailureUrl;
        return new(303, "", "text/plain", next ?? p.PayUrl);
    }

    private static ApiAnswer Web(int status, string main) => new(status, Html.Page("Coinskro Pay", PageStyle, $"<main>{main}</main>"), "text/html; charset=utf-8");
}
