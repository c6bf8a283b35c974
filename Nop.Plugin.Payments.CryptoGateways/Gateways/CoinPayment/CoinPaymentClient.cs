using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// OrbVPN's GraphQL API.
/// </summary>
internal sealed class CoinPaymentClient(GatewayHttp http)
{
    /// <summary>The documented mutation.</summary>
    private const string CreatePayment =
        """
        mutation coinpaymentCreatePayment (
          $category: PaymentCategory!,
          $groupId: Int,
          $moreLoginCount: Int,
          $coin: String!
        ) {
          coinpaymentCreatePayment (
            category: $category,
            groupId: $groupId,
            moreLoginCount: $moreLoginCount,
            coin: $coin
          ) {
            id
            error
            address
            amount
            txn_id
            confirms_needed
            timeout
            checkout_url
            status_url
            qrcode_url
          }
        }
        """;

    /// <summary>A query that every GraphQL server supports and that changes nothing.</summary>
    private const string TypeNameQuery = "{ __typename }";

    /// <summary>The mutation coinpaymentCreatePayment.</summary>
    public async Task<CoinPaymentCreated> CreateAsync(CoinPaymentVariables variables, CoinPaymentSettings settings, CancellationToken cancellationToken)
    {
        var answer = await http.WriteAsync(CoinPaymentGateway.SystemName, () => Request(new GraphQlRequest(CreatePayment, variables), settings), cancellationToken);
        return ReadData(answer).Payment ?? throw new GatewayException(GatewayFault.BadAnswer, "the create response has no payment");
    }

    /// <summary>Queries the name of the server's root type, with the access token.</summary>
    public async Task TestAsync(CoinPaymentSettings settings, CancellationToken cancellationToken)
    {
        var answer = await http.ReadAsync(CoinPaymentGateway.SystemName, () => Request(new GraphQlRequest(TypeNameQuery), settings), cancellationToken)
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404: check the API URL") { StatusCode = 404 };
        if (string.IsNullOrEmpty(ReadData(answer).TypeName))
            throw new GatewayException(GatewayFault.BadAnswer, "the response is not that of a GraphQL server");
    }

    private static HttpRequestMessage Request(GraphQlRequest body, CoinPaymentSettings settings)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, settings.GraphQlUrl) { Content = GatewayJson.Content(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.AccessToken);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    private static CoinPaymentData ReadData(GatewayResponse response)
    {
        var answer = GatewayJson.ReadResponse<GraphQlResponse>(response);
        if (answer.Errors is [var error, ..])
            throw new GatewayException(FaultOf(error), $"answered with an error: {ExternalText.Excerpt(error?.Message ?? string.Empty)}") { Answer = response.Body };

        return answer.Data ?? throw new GatewayException(GatewayFault.BadAnswer, "the response has no data");
    }

    /// <summary>
    /// Only classifications that the server's framework (Spring for GraphQL on graphql-java) uses for client errors end the attempt. Any other
    /// error is ambiguous: the payment may exist.
    /// </summary>
    private static GatewayFault FaultOf(GraphQlError? error) => NameOf(error?.Extensions?.Classification) switch
    {
        "UNAUTHORIZED" => GatewayFault.BadKey,
        "FORBIDDEN" => GatewayFault.Forbidden,
        "BAD_REQUEST" or "NOT_FOUND" or "InvalidSyntax" or "ValidationError" or "ExtendedValidationError" or "OperationNotSupported" => GatewayFault.Refused,
        _ => GatewayFault.BadAnswer
    };

    private static string? NameOf(JToken? classification) => classification switch
    {
        JValue value => value.Value as string,
        JObject fields => (fields["type"] as JValue)?.Value as string,
        _ => null
    };
}

/// <summary>
/// Version 1 of CoinPayments.net's api.php: forms signed with the private key. Errors have the HTTP status 200.
/// </summary>
internal sealed class CoinPaymentsNetClient(GatewayHttp http)
{
    /// <summary>The documented maximum of ids in get_tx_info_multi.</summary>
    public const int MaxIds = 25;

    private const string SignatureHeader = "HMAC";
    private const string Ok = "ok";

    /// <summary>The id of a transaction that does not exist.</summary>
    private const string UnknownId = "CPTEST";

    /// <summary>get_tx_info; null if the account does not know the transaction.</summary>
    public async Task<CoinPaymentsNetTransaction?> InfoAsync(string id, CoinPaymentsNetAccount account, CancellationToken cancellationToken)
    {
        if (await CallAsync("get_tx_info", id, account, cancellationToken) is not { } answer || IsUnknown(answer.Error))
            return null;

        return TryRead(ResultOf(answer), answer)
            ?? throw new GatewayException(GatewayFault.BadAnswer, "the get_tx_info response does not have the documented form");
    }

    /// <summary>get_tx_info_multi, by transaction id. Unknown transactions and undocumented forms are left out.</summary>
    public async Task<IReadOnlyDictionary<string, CoinPaymentsNetTransaction>> InfosAsync(IEnumerable<string> ids, CoinPaymentsNetAccount account, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("get_tx_info_multi", string.Join('|', ids), account, cancellationToken)
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404: check the API URL") { StatusCode = 404 };
        var found = new Dictionary<string, CoinPaymentsNetTransaction>();
        foreach (var (id, fields) in ResultOf(answer) as JObject ?? [])
        {
            if (fields is JObject && TryRead(fields, answer) is { Error: null or Ok } transaction)
                found[id] = transaction;
        }
        return found;
    }

    /// <summary>Queries a transaction that does not exist: CoinPayments.net checks the keys first.</summary>
    public async Task TestAsync(CoinPaymentsNetAccount account, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("get_tx_info", UnknownId, account, cancellationToken)
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404: check the API URL") { StatusCode = 404 };
        if (answer.Error is not { } error || FaultOf(error) is GatewayFault.BadKey or GatewayFault.Forbidden)
            ResultOf(answer);
    }

    private async Task<CoinPaymentsNetResponse?> CallAsync(string command, string ids, CoinPaymentsNetAccount account, CancellationToken cancellationToken)
    {
        var body = $"version=1&format=json&key={Uri.EscapeDataString(account.PublicKey)}&cmd={command}&txid={Uri.EscapeDataString(ids)}";
        var answer = await http.ReadAsync(CoinPaymentGateway.SystemName, () => Request(body, account), cancellationToken);
        return answer is null ? null : GatewayJson.ReadResponse<CoinPaymentsNetResponse>(answer) with { ClockAhead = answer.ClockAhead };
    }

    private static HttpRequestMessage Request(string body, CoinPaymentsNetAccount account)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, account.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded"))
        };
        request.Headers.Add(SignatureHeader, WebhookSignature.ToHex(HashAlgorithmName.SHA512, account.PrivateKey, Encoding.UTF8.GetBytes(body)));
        return request;
    }

    private static JToken ResultOf(CoinPaymentsNetResponse answer) => answer.Error switch
    {
        Ok => answer.Content ?? throw new GatewayException(GatewayFault.BadAnswer, "the response has no result"),
        { Length: > 0 } error => throw new GatewayException(FaultOf(error), $"answered with an error: {ExternalText.Excerpt(error)}"),
        _ => throw new GatewayException(GatewayFault.BadAnswer, "the response does not say whether the call succeeded")
    };

    private static CoinPaymentsNetTransaction? TryRead(JToken fields, CoinPaymentsNetResponse answer)
    {
        try
        {
            return GatewayJson.Read<CoinPaymentsNetTransaction>(fields, answer.ClockAhead);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsUnknown(string? error) => error is not null && error.Contains("not found", StringComparison.OrdinalIgnoreCase);

    /// <summary>Errors are not documented. These texts are known from public reports.</summary>
    private static GatewayFault FaultOf(string error)
    {
        if (Contains("permission") || Contains("IP address"))
            return GatewayFault.Forbidden;
        return Contains("HMAC") || Contains("API") && Contains("key") ? GatewayFault.BadKey : GatewayFault.Refused;

        bool Contains(string word) => error.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
