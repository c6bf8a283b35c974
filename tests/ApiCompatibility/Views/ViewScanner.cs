using System.Text.RegularExpressions;

namespace CryptoGateways.Tests.ApiCompatibility.Views;

/// <summary>Finds the elements of a .cshtml file. Values may hold Razor expressions with quotes and angle brackets of their own.</summary>
public sealed partial class ViewScanner
{
    private readonly string _text;
    private int _at;

    private ViewScanner(string text) => _text = text;

    public static IReadOnlyList<ViewElement> Elements(string view)
    {
        var text = Comments().Replace(view, "");
        return [.. ElementStart().Matches(text).Select(match =>
            new ViewElement(match.Groups[1].Value, new ViewScanner(text) { _at = match.Index + match.Length }.Attributes()))];
    }

    private List<string> Attributes()
    {
        var names = new List<string>();
        while (_at < _text.Length && _text[_at] is not ('>' or '<'))
        {
            if (_text[_at] == '@')
            {
                SkipExpression();
                continue;
            }

            var name = AttributeName().Match(_text, _at);
            if (!name.Success)
            {
                _at++;
                continue;
            }

            names.Add(name.Groups[1].Value);
            _at += name.Length;
            if (name.Value.EndsWith('='))
                SkipValue();
        }

        return names;
    }

    private void SkipValue()
    {
        var quote = _text[_at] is '"' or '\'' ? _text[_at++] : '\0';
        while (_at < _text.Length)
        {
            if (_text[_at] == '@')
            {
                SkipExpression();
                continue;
            }

            var end = quote == '\0' ? _text[_at] is '>' or ' ' or '\n' or '\r' : _text[_at] == quote;
            if (end)
            {
                _at += quote == '\0' ? 0 : 1;
                return;
            }

            _at++;
        }
    }

    /// <summary>@name.member(arguments)[index] or @(expression).</summary>
    private void SkipExpression()
    {
        _at += ExpressionStart().Match(_text, _at).Length;
        while (_at < _text.Length && _text[_at] is '(' or '[')
        {
            SkipBrackets();
            _at += ExpressionGoesOn().Match(_text, _at).Length;
        }
    }

    private void SkipBrackets()
    {
        for (var depth = 0; _at < _text.Length; _at++)
        {
            if (_text[_at] == '"')
                _at = _text.IndexOf('"', _at + 1);
            depth += _text[_at] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (depth == 0)
            {
                _at++;
                return;
            }
        }
    }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"<([a-z][a-z0-9-]*)(?=[\s/>])")]
    private static partial Regex ElementStart();

    [GeneratedRegex(@"\G([A-Za-z][\w:.-]*)(\s*=\s*)?")]
    private static partial Regex AttributeName();

    [GeneratedRegex(@"\G@[\w.]*")]
    private static partial Regex ExpressionStart();

    [GeneratedRegex(@"\G(\??\.\w[\w.]*)?")]
    private static partial Regex ExpressionGoesOn();
}
