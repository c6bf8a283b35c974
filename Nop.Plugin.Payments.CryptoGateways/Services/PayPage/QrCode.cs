using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// Draws QR codes as inline SVG. The only class that names QRCoder, and only inside method bodies: the platform's
/// scan of the plugin's types never needs that assembly (see <see cref="Infrastructure.EmbeddedQrCoder"/>).
/// </summary>
public static class QrCode
{
    /// <summary>Capacity in bytes of the largest symbol (version 40) at error correction level M, ISO/IEC 18004 table 7.</summary>
    public const int MaximumBytes = 2331;

    /// <summary>
    /// An SVG element with the code in black on white in every theme (many wallets cannot read light on dark), including the quiet zone
    /// of 4 modules that the standard requires. It has no size, style or script; one unit of its view box is one module.
    /// </summary>
    /// <param name="text">The encoded text, such as a payment URI.</param>
    /// <param name="label">Accessible name in the shopper's language; it is escaped.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty or longer than <see cref="MaximumBytes"/> in UTF-8.</exception>
    public static IHtmlContent Svg(string text, string label)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (Encoding.UTF8.GetByteCount(text) > MaximumBytes)
            throw new ArgumentException($"A QR code holds at most {MaximumBytes} bytes.", nameof(text));

        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var size = code.ModuleMatrix.Count;
        return new Picture(string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" class="crypto-qr" viewBox="0 0 {size} {size}" role="img" aria-label="{WebUtility.HtmlEncode(label)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{DarkRuns(code.ModuleMatrix)}"/></svg>
            """));
    }

    /// <summary>Path data with one rectangle for each horizontal run of dark modules.</summary>
    private static string DarkRuns(List<BitArray> rows)
    {
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var start = x;
                while (x < rows.Count && rows[y][x])
                    x++;
                if (x > start)
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1H{start}z");
            }
        }

        return path.ToString();
    }

    /// <summary>Markup whose only text is the escaped label.</summary>
    private sealed class Picture(string svg) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(svg);

        public override string ToString() => svg;
    }
}
