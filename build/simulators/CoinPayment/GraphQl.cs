using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CryptoGateways.Simulators.CoinPayment;

/// <summary>A GraphQL request is wrong; the message goes into the errors array.</summary>
public sealed class GraphQlException(string message, string classification) : Exception(message)
{
    public string Classification => classification;
}

/// <summary>One call of one mutation: its arguments after the variables were put in, and the fields asked for.</summary>
public sealed record GraphQlCall(string Field, IReadOnlyDictionary<string, JsonElement> Arguments, IReadOnlyList<string> Selection);

/// <summary>Parses the small part of GraphQL that the documented call uses: one mutation, typed variables, arguments, one level of fields.</summary>
public sealed partial class GraphQl
{
    private readonly string[] _tokens;
    private readonly JsonElement? _variables;
    private readonly Dictionary<string, string> _types = [];
    private int _at;

    private GraphQl(string query, JsonElement? variables)
    {
        _tokens = [.. Tokens().Matches(query).Select(t => t.Value).Where(t => t[0] != '#')];
        _variables = variables;
    }

    /// <exception cref="GraphQlException">The query cannot be read or uses what is not declared.</exception>
    public static GraphQlCall Parse(string query, JsonElement? variables) => new GraphQl(query, variables).Operation();

    private GraphQlCall Operation()
    {
        Expect("mutation");
        if (Name().IsMatch(Current))
            _at++;
        if (Take("("))
            while (!Take(")"))
                Declaration();
        Expect("{");
        var field = Word();
        var arguments = new Dictionary<string, JsonElement>();
        if (Take("("))
            while (!Take(")"))
            {
                var name = Word();
                Expect(":");
                if (Value() is { } value)
                    arguments[name] = value;
            }
        Expect("{");
        var selection = new List<string>();
        while (!Take("}"))
            selection.Add(Word());
        Expect("}");
        return new(field, arguments, selection);
    }

    /// <summary>A variable that must have a value has one.</summary>
    private void Declaration()
    {
        Expect("$");
        var name = Word();
        Expect(":");
        var type = Word();
        _types[name] = type;
        if (Take("!") && Variable(name) is null)
            throw new GraphQlException($"Variable '{name}' has coerced Null value for NonNull type '{type}!'", "ValidationError");
    }

    private JsonElement? Value()
    {
        if (Take("$"))
        {
            var name = Word();
            return _types.ContainsKey(name) ? Variable(name) : throw new GraphQlException($"Undefined variable '{name}'", "ValidationError");
        }
        var token = Current;
        _at++;
        if (token == "null")
            return null;
        return token[0] == '"' || int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? JsonDocument.Parse(token).RootElement
            : Name().IsMatch(token) ? JsonSerializer.SerializeToElement(token) : throw Unreadable(token);
    }

    private JsonElement? Variable(string name) =>
        _variables is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Current => _at < _tokens.Length ? _tokens[_at] : throw Unreadable("<EOF>");

    private bool Take(string token)
    {
        if (Current != token)
            return false;
        _at++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
            throw Unreadable(Current);
    }

    private string Word()
    {
        var word = Current;
        _at++;
        return Name().IsMatch(word) ? word : throw Unreadable(word);
    }

    private static GraphQlException Unreadable(string token) => new($"Invalid Syntax : offending token '{token}'", "InvalidSyntax");

    /// <summary>Commas and white space separate and mean nothing; comments are left out.</summary>
    [GeneratedRegex("""#[^\n]*|[_A-Za-z][_0-9A-Za-z]*|-?[0-9]+|"(?:[^"\\\n]|\\.)*"|[^\s,]""")]
    private static partial Regex Tokens();

    [GeneratedRegex("^[_A-Za-z][_0-9A-Za-z]*$")]
    private static partial Regex Name();
}
