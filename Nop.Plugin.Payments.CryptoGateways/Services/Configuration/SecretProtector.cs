using System.Security.Cryptography;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Encrypts stored secrets with the store's encryption key. A marker distinguishes them from plain values.
/// </summary>
public class SecretProtector(IEncryptionService encryptionService)
{
    private const string Marker = "enc1:";

    /// <summary>Start of the plaintext. Decrypting with a wrong key can succeed and return garbage, which does not start with it.</summary>
    private const string PlaintextPrefix = "secret:";

    public static bool IsProtected(string? stored) => stored?.StartsWith(Marker, StringComparison.Ordinal) == true;

    /// <summary>The stored form of a secret; empty for an empty one.</summary>
    public string Protect(string secret) => secret.Length == 0 ? string.Empty : Marker + encryptionService.EncryptText(PlaintextPrefix + secret);

    /// <summary>True for a secret that was encrypted with a key other than the store's current one.</summary>
    public bool IsUnreadable(string stored) => IsProtected(stored) && Unprotect(stored).Length == 0;

    /// <summary>
    /// The secret; empty if it cannot be decrypted, because the store's encryption key was changed outside nopCommerce. A value without the
    /// marker was written into the settings table by hand and is returned as is.
    /// </summary>
    /// <param name="stored">The stored form.</param>
    /// <param name="key">The encryption key; empty for the store's current one.</param>
    public string Unprotect(string stored, string key = "")
    {
        if (!IsProtected(stored))
            return stored;

        try
        {
            var text = encryptionService.DecryptText(stored[Marker.Length..], key);
            return text.StartsWith(PlaintextPrefix, StringComparison.Ordinal) ? text[PlaintextPrefix.Length..] : string.Empty;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return string.Empty;
        }
    }
}
