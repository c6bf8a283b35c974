using System.Text;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Addresses of Ethereum and of the chains that are compatible with it. EIP-55 puts a checksum into the case of their letters.
/// </summary>
internal static partial class EthereumAddress
{
    /// <summary>True for 20 bytes in hexadecimal: in one case, or in both when the checksum is right. The zero address is nobody's.</summary>
    public static bool IsValid(string address) =>
        Form().IsMatch(address) && address[2..] is var digits && digits.Any(digit => digit != '0')
        && (Base32.InOneCase(digits) is not null || digits == WithChecksum(digits));

    /// <summary>A letter is in upper case when the digit at its place in the hash of the lower-case address is 8 or more.</summary>
    private static string WithChecksum(string digits)
    {
        var lower = digits.ToLowerInvariant();
        var hash = Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(lower)));
        return string.Concat(lower.Select((digit, place) => hash[place] >= '8' ? char.ToUpperInvariant(digit) : digit));
    }

    [GeneratedRegex(@"^0x[0-9a-fA-F]{40}\z")]
    private static partial Regex Form();
}
