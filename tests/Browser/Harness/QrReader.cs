using System.Diagnostics;
using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Reads QR codes off the screen, as a wallet's camera does.</summary>
internal static class QrReader
{
    /// <summary>What the code in the picture of an element says; the test fails when there is not just one.</summary>
    public static async Task<string> ReadAsync(ILocator element)
    {
        var file = Path.Combine(Path.GetTempPath(), $"qr-{Guid.NewGuid():N}.png");
        try
        {
            await element.ScreenshotAsync(new() { Path = file });
            using var reader = Process.Start(new ProcessStartInfo("zbarimg", ["--raw", "--quiet", file]) { RedirectStandardOutput = true })!;
            var text = await reader.StandardOutput.ReadToEndAsync();
            await reader.WaitForExitAsync();
            Assert.That(reader.ExitCode, Is.Zero, "no QR code is seen");
            return text.TrimEnd('\n');
        }
        finally
        {
            File.Delete(file);
        }
    }
}
