using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// CoinPayments.net's api.php, version 1: a form that is signed with the private key. It answers errors with status 200.
/// </summary>
internal sealed class CoinPaymentMerchantClient(GatewayHttp http)
{
    /// <summary>The most ids that get_tx_info_multi takes.</summary>
    public const int MostIds = 25;

    private const string SignatureHeader = "HMAC";
    private const string Ok = "ok";

    /// <summary>Nobody's transaction.</summary>
    private const string NoId = "CPTEST";

    /// <summary>get_tx_info; null when the account does not know the transaction.</summary>
    public async Task<MerchantTransaction?> InfoAsync(string id, CoinPaymentMerchant merchant, CancellationToken cancellationToken)
    {
        if (await CallAsync("get_tx_info", id, merchant, cancellationToken) is not { } answer || IsUnknown(answer.Error))
            return null;

        return TryRead(PayloadOf(answer), answer)
            ?? throw new GatewayException(GatewayFault.BadAnswer, "answered get_tx_info in another form than documented");
    }

    /// <summary>get_tx_info_multi, by transaction id; those that are unknown, or told in another form than documented, are left out.</summary>
    public async Task<IReadOnlyDictionary<string, MerchantTransaction>> InfosAsync(IEnumerable<string> ids, CoinPaymentMerchant merchant, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("get_tx_info_multi", string.Join('|', ids), merchant, cancellationToken)
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404: there is nothing at this address") { StatusCode = 404 };
        var found = new Dictionary<string, MerchantTransaction>();
        foreach (var (id, fields) in PayloadOf(answer) as JObject ?? [])
        {
            if (fields is JObject && TryRead(fields, answer) is { Error: null or Ok } transaction)
                found[id] = transaction;
        }
        return found;
    }

    /// <summary>Asks for a transaction that does not exist: the keys are looked at before.</summary>
    public async Task TestAsync(CoinPaymentMerchant merchant, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("get_tx_info", NoId, merchant, cancellationToken)
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404: there is nothing at this address") { StatusCode = 404 };
        if (answer.Error is not { } error || FaultOf(error) is GatewayFault.BadKey or GatewayFault.Forbidden)
            PayloadOf(answer);
    }

    private async Task<MerchantAnswer?> CallAsync(string command, string ids, CoinPaymentMerchant merchant, CancellationToken cancellationToken)
    {
        var body = $"version=1&format=json&key={Uri.EscapeDataString(merchant.PublicKey)}&cmd={command}&txid={Uri.EscapeDataString(ids)}";
        var answer = await http.ReadAsync(CoinPaymentGateway.SystemName, () => Request(body, merchant), cancellationToken);
        return answer is null ? null : GatewayJson.ReadAnswer<MerchantAnswer>(answer) with { ClockAhead = answer.ClockAhead };
    }

    private static HttpRequestMessage Request(string body, CoinPaymentMerchant merchant)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, merchant.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded"))
        };
        request.Headers.Add(SignatureHeader, WebhookSignature.ToHex(HashAlgorithmName.SHA512, merchant.PrivateKey, Encoding.UTF8.GetBytes(body)));
        return request;
    }

    private static JToken PayloadOf(MerchantAnswer answer) => answer.Error switch
    {
        Ok => answer.Payload ?? throw new GatewayException(GatewayFault.BadAnswer, "answered without a result"),
        { Length: > 0 } error => throw new GatewayException(FaultOf(error), $"answered with an error: {GatewayHttp.Excerpt(error)}"),
        _ => throw new GatewayException(GatewayFault.BadAnswer, "answered without saying whether it worked")
    };

    private static MerchantTransaction? TryRead(JToken fields, MerchantAnswer answer)
    {
        try
        {
            return GatewayJson.Read<MerchantTransaction>(fields, answer.ClockAhead);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsUnknown(string? error) => error is not null && error.Contains("not found", StringComparison.OrdinalIgnoreCase);

    /// <summary>There is no list of errors. These are known from public reports: what is wrong with a key, and what a key is not allowed.</summary>
    private static GatewayFault FaultOf(string error)
    {
        if (Says("permission") || Says("IP address"))
            return GatewayFault.Forbidden;
        return Says("HMAC") || Says("API") && Says("key") ? GatewayFault.BadKey : GatewayFault.Refused;

        bool Says(string word) => error.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
