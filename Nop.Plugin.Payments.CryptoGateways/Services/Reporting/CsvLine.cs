namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// A line of a CSV file by RFC 4180 that a spreadsheet can open safely: a text that it would take for a formula gets an apostrophe in
/// front, so that what a shopper or provider wrote is shown and never run.
/// </summary>
public static class CsvLine
{
    private static readonly char[] _quoted = ['"', ',', ';', '\r', '\n'];

    /// <summary>The cells with commas between them and the line's end.</summary>
    public static string Of(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        text ??= string.Empty;
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n')
            text = "'" + text;
        return text.IndexOfAny(_quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
