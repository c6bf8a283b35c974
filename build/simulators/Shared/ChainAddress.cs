using System.Numerics;
using System.Security.Cryptography;

namespace CryptoGateways.Simulators.Shared;

/// <summary>
/// Addresses that their networks accept, with the right version and checksum. Nobody has their keys.
/// </summary>
public static class ChainAddress
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>A new address for a coin by a provider's code, for instance BTC, USDTTRC20 or USDT.BEP20.</summary>
    public static string For(string coin) => coin switch
    {
        "BTC" => Base58Check(0x00),
        "LTC" => Base58Check(0x30),
        "DOGE" => Base58Check(0x1e),
        _ when coin == "TRX" || coin.EndsWith("TRC20", StringComparison.Ordinal) => Base58Check(0x41),
        _ => "0x" + RandomNumberGenerator.GetHexString(40, lowercase: true)
    };

    /// <summary>A hash of 160 bits behind the network's version.</summary>
    private static string Base58Check(byte version)
    {
        byte[] payload = [version, .. RandomNumberGenerator.GetBytes(20)];
        byte[] bytes = [.. payload, .. SHA256.HashData(SHA256.HashData(payload)).Take(4)];
        var text = "";
        for (var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true); number > 0; number /= 58)
            text = Base58[(int)(number % 58)] + text;
        return new string('1', bytes.TakeWhile(value => value == 0).Count()) + text;
    }
}
