using System.Security.Cryptography;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Encrypts secrets at rest with the store's own encryption key, behind a marker that tells them from plain values.
/// </summary>
public class SecretProtector(IEncryptionService encryptionService)
{
    private const string Marker = "enc1:";

    /// <summary>Stands before the secret inside the encrypted text: another key decrypts to garbage, which now and then is well formed.</summary>
    private const string RightKey = "secret:";

    public static bool IsProtected(string? stored) => stored?.StartsWith(Marker, StringComparison.Ordinal) == true;

    /// <summary>The stored form of a secret; nothing stays nothing.</summary>
    public string Protect(string secret) => secret.Length == 0 ? string.Empty : Marker + encryptionService.EncryptText(RightKey + secret);

    /// <summary>It is stored, and was encrypted with another key than the store's present one.</summary>
    public bool IsUnreadable(string stored) => IsProtected(stored) && Reveal(stored).Length == 0;

    /// <summary>
    /// The secret, or nothing when it cannot be read: the store's encryption key was changed behind the plugin's back. A value
    /// without the marker was put into the settings by hand and is taken as it is.
    /// </summary>
    /// <param name="stored">The stored form.</param>
    /// <param name="key">An encryption key other than the store's present one.</param>
    public string Reveal(string stored, string key = "")
    {
        if (!IsProtected(stored))
            return stored;

        try
        {
            var text = encryptionService.DecryptText(stored[Marker.Length..], key);
            return text.StartsWith(RightKey, StringComparison.Ordinal) ? text[RightKey.Length..] : string.Empty;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return string.Empty;
        }
    }
}
