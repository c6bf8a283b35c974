using System.Text;

namespace CryptoGateways.Simulators.Shared;

/// <summary>A form as PHP's <c>http_build_query</c> writes it: a space is <c>+</c>, only letters, digits and <c>-_.</c> stay, hex is upper-case.</summary>
public static class PhpForm
{
    public static string Encode(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(f => $"{Encode(f.Key)}={Encode(f.Value)}"));

    private static string Encode(string text)
    {
        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
            encoded.Append(b switch
            {
                (byte)' ' => "+",
                _ when char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' => ((char)b).ToString(),
                _ => $"%{b:X2}"
            });
        return encoded.ToString();
    }
}
