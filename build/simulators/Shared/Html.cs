using System.Text.Encodings.Web;

namespace CryptoGateways.Simulators.Shared;

/// <summary>Plain pages without script and without anything from elsewhere.</summary>
public static class Html
{
    public static string Text(object? value) => HtmlEncoder.Default.Encode(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "");

    public static string Page(string title, string style, string body) => $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
        <title>{{Text(title)}}</title><style>
        * { box-sizing: border-box }
        body { font: 15px/1.45 system-ui, sans-serif; color: #1b2430; background: #f3f5f8; margin: 0; padding: 16px }
        button, input, select { font: inherit; padding: 5px 10px; border: 1px solid #b8c1cc; border-radius: 6px; background: #fff; max-width: 100% }
        button { cursor: pointer } button:hover { background: #e9eef5 }
        {{style}}
        </style></head><body>{{body}}</body></html>
        """;

    public static string Select(string name, IEnumerable<string> choices, string? chosen = null, string label = "") =>
        $"<label>{Text(label)} <select name=\"{Text(name)}\">{string.Concat(choices.Select(c => $"<option{(c == chosen ? " selected" : "")}>{Text(c)}</option>"))}</select></label>";

    public static string Input(string name, string value, string label, int size = 8) =>
        $"<label>{Text(label)} <input name=\"{Text(name)}\" value=\"{Text(value)}\" size=\"{size}\"></label>";

    public static string Form(string action, string fields) => $"<form method=\"post\" action=\"{Text(action)}\">{fields}</form>";
}
