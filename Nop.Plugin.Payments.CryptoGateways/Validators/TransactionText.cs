using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Validators;

/// <summary>
/// A transaction id as an administrator enters it to prove that money moved.
/// </summary>
public static partial class TransactionText
{
    /// <summary>The id without spaces around it; null for what is none: 4 to 128 letters, digits and . _ : / -</summary>
    public static string? Read(string? text) => text?.Trim() is { } id && Id().IsMatch(id) ? id : null;

    [GeneratedRegex(@"^[A-Za-z0-9_.:/-]{4,128}\z")]
    private static partial Regex Id();
}
