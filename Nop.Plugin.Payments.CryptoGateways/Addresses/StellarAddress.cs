using System.Buffers.Binary;

namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Account addresses of Stellar and of the networks built on it (SEP-23, "Strkeys").
/// </summary>
internal static class StellarAddress
{
    /// <summary>Version of an Ed25519 public key; it makes the first letter a G.</summary>
    private const byte AccountVersion = 6 << 3;

    /// <summary>Characters of a version, 32 bytes and a checksum of two.</summary>
    private const int Length = 56;

    public static bool IsAccount(string address) =>
        address.Length == Length && Base32.Read(address, Base32.Rfc4648Alphabet) is { } values
        && Base32.ToBytes(values) is [AccountVersion, ..] and var bytes
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(bytes.Length - 2)) == Crc16(bytes.AsSpan(0, bytes.Length - 2));

    /// <summary>CRC-16/XMODEM: x^16 + x^12 + x^5 + 1, starting from zero.</summary>
    private static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var value in bytes)
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
        }
        return (ushort)crc;
    }
}
