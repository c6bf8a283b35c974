using System.Buffers.Binary;
using System.Numerics;

namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Keccak-256 as Ethereum uses it. SHA3-256 (FIPS 202), which .NET has, pads with other bits and gives another hash.
/// </summary>
internal static class Keccak256
{
    /// <summary>Bytes that a round takes in: 1600 bits of state without twice the 256 of the hash.</summary>
    private const int Rate = 136;

    private const byte Padding = 0x01;

    /// <summary>Round constants of the step iota.</summary>
    private static readonly ulong[] _rounds =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008
    ];

    /// <summary>Where the step pi moves each lane, and by how many bits the step rho rotates it.</summary>
    private static readonly (int Lane, int Bits)[] _moves =
    [
        (10, 1), (7, 3), (11, 6), (17, 10), (18, 15), (3, 21), (5, 28), (16, 36), (8, 45), (21, 55), (24, 2), (4, 14),
        (15, 27), (23, 41), (19, 56), (13, 8), (12, 25), (2, 43), (20, 62), (14, 18), (22, 39), (9, 61), (6, 20), (1, 44)
    ];

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var padded = new byte[(data.Length / Rate + 1) * Rate];
        data.CopyTo(padded);
        padded[data.Length] = Padding;
        padded[^1] |= 0x80;

        var lanes = new ulong[25];
        for (var start = 0; start < padded.Length; start += Rate)
        {
            for (var lane = 0; lane < Rate / 8; lane++)
                lanes[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(start + lane * 8));
            Permute(lanes);
        }

        var hash = new byte[32];
        for (var lane = 0; lane < hash.Length / 8; lane++)
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(lane * 8), lanes[lane]);
        return hash;
    }

    /// <summary>Keccak-f[1600]: the steps theta, rho and pi, chi, and iota of each round.</summary>
    private static void Permute(ulong[] lanes)
    {
        Span<ulong> column = stackalloc ulong[5];
        foreach (var constant in _rounds)
        {
            for (var x = 0; x < 5; x++)
                column[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
            for (var lane = 0; lane < 25; lane++)
                lanes[lane] ^= column[(lane + 4) % 5] ^ BitOperations.RotateLeft(column[(lane + 1) % 5], 1);

            var moved = lanes[1];
            foreach (var (lane, bits) in _moves)
                (lanes[lane], moved) = (BitOperations.RotateLeft(moved, bits), lanes[lane]);

            for (var row = 0; row < 25; row += 5)
            {
                lanes.AsSpan(row, 5).CopyTo(column);
                for (var x = 0; x < 5; x++)
                    lanes[row + x] = column[x] ^ ~column[(x + 1) % 5] & column[(x + 2) % 5];
            }
            lanes[0] ^= constant;
        }
    }
}
