using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CryptoFuse;

/// <summary>The hosted page of payment_url: address and amount. The current contract names ways back to the shop, taken when the payment is over; the seed's has none.</summary>
public sealed partial class CryptoFuseProvider
{
    private const string PageStyle = """
        body { min-height: 100vh; display: grid; place-items: center; background: #1d1033 }
        main { background: #fff; border-radius: 14px; padding: 26px; width: 100%; max-width: 440px }
        h1 { font-size: 1rem; margin: 0; color: #5b6878 } .amount { font-size: 1.7rem; font-weight: 700; margin: 8px 0 4px }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; margin: 14px 0; overflow-wrap: anywhere } dt { color: #5b6878 } dd { margin: 0; text-align: right }
        form { display: grid; gap: 8px } button { padding: 10px } button[value=pay] { background: #5b2bbd; color: #fff; font-weight: 600 }
        p { color: #5b6878; font-size: .85rem; margin: 16px 0 0 }
        """;

    private static readonly Dictionary<string, string> Buttons = new()
    {
        ["pay"] = "Pay",
        ["seen"] = "Pay, not yet confirmed",
        ["confirm"] = "One confirmation more",
        ["pay-short"] = "Pay too little",
        ["pay-over"] = "Pay too much",
        ["expire"] = "Let it expire",
        ["fail"] = "Fail"
    };

    private ApiAnswer ShowPayPage(ApiRequest request)
    {
        if (base.Find(request.Route["id"] as string ?? "") is not CryptoFusePayment p)
            return Web(404, "<h1>CryptoFuse</h1><div class=\"amount\">Payment not found</div>");
        var buttons = Buttons.Where(_ => p.IsOpen).Select(b => $"<button name=\"do\" value=\"{b.Key}\">{b.Value}</button>");
        return Web(200, $"""
            <h1>CryptoFuse</h1><div class="amount">{p.Amount} {Html.Text(p.Currency)}</div>
            <dl><dt>Address</dt><dd>{p.Address}</dd><dt>Status</dt><dd>{p.Status}</dd><dt>Received</dt><dd>{p.PaidTotal}</dd>
            <dt>Confirmations</dt><dd>{p.Confirmations} of {Settings["confirmationsNeeded"]}</dd><dt>Expires (UTC)</dt><dd>{p.ExpiresUtc:HH:mm:ss}</dd></dl>
            <form method="post">{string.Concat(buttons)}</form>
            <p>Simulation: no money moves. Return to the shop by the browser.</p>
            """);
    }

    private ApiAnswer UsePayPage(ApiRequest request)
    {
        var choice = request.Field("do");
        if (base.Find(request.Route["id"] as string ?? "") is not CryptoFusePayment p)
            return ShowPayPage(request);
        if (p.IsOpen && Buttons.ContainsKey(choice))
            Act(p, choice, Args.None);
        return new(303, "", "text/plain", (p.IsOpen ? null : p.Status is "completed" ? p.SuccessUrl : p.CancelUrl) ?? p.PayUrl);
    }

    private static ApiAnswer Web(int status, string main) => new(status, Html.Page("CryptoFuse", PageStyle, $"<main>{main}</main>"), "text/html; charset=utf-8");
}
