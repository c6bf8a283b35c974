using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Validators;

/// <summary>
/// Parses a transaction ID that an administrator enters as proof of a payment or refund.
/// </summary>
public static partial class TransactionText
{
    /// <summary>The trimmed ID; null if it is invalid. An ID has 4 to 128 letters, digits, and the characters . _ : / -</summary>
    public static string? Read(string? text) => text?.Trim() is { } id && Id().IsMatch(id) ? id : null;

    [GeneratedRegex(@"^[A-Za-z0-9_.:/-]{4,128}\z")]
    private static partial Regex Id();
}
