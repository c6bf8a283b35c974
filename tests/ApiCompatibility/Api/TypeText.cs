namespace CryptoGateways.Tests.ApiCompatibility.Api;

/// <summary>Takes a type's text apart: Namespace.Name`2&lt;A,B`1&lt;C&gt;&gt;.</summary>
public static class TypeText
{
    public static string Definition(string type) => type.IndexOf('<', StringComparison.Ordinal) is var open and >= 0 && type[^1] == '>'
        ? type[..open]
        : type;

    public static IReadOnlyList<string> Arguments(string type)
    {
        var definition = Definition(type);
        if (definition.Length == type.Length)
            return [];

        var arguments = new List<string>();
        var (depth, start) = (0, definition.Length + 1);
        for (var i = start; i < type.Length; i++)
        {
            if (depth == 0 && (type[i] == ',' || i == type.Length - 1))
            {
                arguments.Add(type[start..i]);
                start = i + 1;
            }

            depth += type[i] switch { '<' or '[' => 1, '>' or ']' => -1, _ => 0 };
        }

        return arguments;
    }
}
