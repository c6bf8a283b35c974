using System.Text;
using System.Text.Unicode;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Reads the text of an HTTP answer. JSON is UTF-8 (RFC 8259), whatever a wrong or unknown charset label such as "utf8" says: a
/// payment that the provider created must not be lost over a label.
/// </summary>
public static class AnswerText
{
    public static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken) =>
        Decode(await content.ReadAsByteArrayAsync(cancellationToken), content.Headers.ContentType?.CharSet);

    /// <summary>
    /// Decodes by the byte order mark if there is one, as UTF-8 if the bytes are valid UTF-8, else by the label; invalid bytes become U+FFFD.
    /// </summary>
    /// <param name="body">The bytes.</param>
    /// <param name="charset">The label; null, empty or unknown for none.</param>
    public static string Decode(byte[] body, string? charset)
    {
        // UTF-16 of Latin text is also valid UTF-8, with a NUL in every other place.
        var isUtf8 = Utf8.IsValid(body) && !body.Contains((byte)0);
        using var reader = new StreamReader(new MemoryStream(body), isUtf8 ? Encoding.UTF8 : EncodingOf(charset), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return Encoding.GetEncoding((charset ?? string.Empty).Trim('"', '\'', ' '));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}
