namespace CryptoGateways.Simulators.Shared;

/// <summary>A hosted payment page: a headline, facts, and a form whose buttons are named "do".</summary>
public static class PayPage
{
    private const string Style = """
        body { min-height: 100vh; display: grid; place-items: center; background: #10243e }
        main { background: #fff; border-radius: 14px; padding: 26px; width: 100%; max-width: 420px; box-shadow: 0 10px 40px #0006 }
        h1 { font-size: 1rem; margin: 0; color: #5b6878 } .amount { font-size: 1.8rem; font-weight: 700; margin: 8px 0 4px; overflow-wrap: anywhere }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; margin: 14px 0; overflow-wrap: anywhere } dt { color: #5b6878 } dd { margin: 0; text-align: right }
        form { display: grid; gap: 8px } button { padding: 10px } button[value=pay] { background: #0b63ce; color: #fff; border-color: #0b63ce; font-weight: 600; font-size: 1.1rem }
        p { color: #5b6878; font-size: .85rem; margin: 16px 0 0 }
        """;

    /// <param name="facts">Name and value; those without a value are left out.</param>
    /// <param name="buttons">Value of "do" and caption.</param>
    public static ApiAnswer Render(string title, string headline, IEnumerable<(string Name, string? Value)> facts, IEnumerable<(string Do, string Caption)> buttons, int status = 200) =>
        new(status, Html.Page(title, Style, $"""
            <main><h1>{Html.Text(title)}</h1><div class="amount">{Html.Text(headline)}</div>
            <dl>{string.Concat(facts.Where(f => f.Value is not null).Select(f => $"<dt>{Html.Text(f.Name)}</dt><dd>{Html.Text(f.Value)}</dd>"))}</dl>
            <form method="post">{string.Concat(buttons.Select(b => $"<button name=\"do\" value=\"{Html.Text(b.Do)}\">{Html.Text(b.Caption)}</button>"))}</form>
            <p>Simulation: no money moves.</p></main>
            """), "text/html; charset=utf-8");
}
