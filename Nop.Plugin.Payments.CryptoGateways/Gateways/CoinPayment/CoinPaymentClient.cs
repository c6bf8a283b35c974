using System.Net.Http.Headers;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// OrbVPN's GraphQL server.
/// </summary>
internal sealed class CoinPaymentClient(GatewayHttp http)
{
    /// <summary>The mutation as documented.</summary>
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

    /// <summary>What every GraphQL server answers, and what changes nothing.</summary>
    private const string NameOfRoot = "{ __typename }";

    /// <summary>The mutation coinpaymentCreatePayment.</summary>
    public async Task<CoinPaymentCreated> CreateAsync(CoinPaymentVariables variables, CoinPaymentSettings settings, CancellationToken cancellationToken)
    {
        var answer = await http.WriteAsync(CoinPaymentGateway.SystemName, () => Request(new GraphQlRequest(CreatePayment, variables), settings), cancellationToken);
        return DataOf(answer).Payment ?? throw new GatewayException(GatewayFault.BadAnswer, "answered create without a payment");
    }

    /// <summary>Asks for the name of the server's root type with the token.</summary>
    public async Task TestAsync(CoinPaymentSettings settings, CancellationToken cancellationToken)
    {
        var answer = await http.ReadAsync(CoinPaymentGateway.SystemName, () => Request(new GraphQlRequest(NameOfRoot), settings), cancellationToken)
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404: there is nothing at this address") { StatusCode = 404 };
        if (string.IsNullOrEmpty(DataOf(answer).TypeName))
            throw new GatewayException(GatewayFault.BadAnswer, "answered something else than a GraphQL server does");
    }

    private static HttpRequestMessage Request(GraphQlRequest body, CoinPaymentSettings settings)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, settings.GraphQlUrl) { Content = GatewayJson.Content(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.AccessToken);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    private static CoinPaymentData DataOf(GatewayResponse whole)
    {
        var answer = GatewayJson.ReadAnswer<GraphQlAnswer>(whole);
        if (answer.Errors is [var error, ..])
            throw new GatewayException(FaultOf(error), $"answered with an error: {GatewayHttp.Excerpt(error?.Message ?? string.Empty)}") { Answer = whole.Body };

        return answer.Data ?? throw new GatewayException(GatewayFault.BadAnswer, "answered without data");
    }

    /// <summary>
    /// Only errors that the server's framework (Spring for GraphQL on graphql-java) names as the caller's end the attempt; any other
    /// may have come after the payment was made.
    /// </summary>
    private static GatewayFault FaultOf(GraphQlError? error) => KindOf(error?.Extensions?.Classification) switch
    {
        "UNAUTHORIZED" => GatewayFault.BadKey,
        "FORBIDDEN" => GatewayFault.Forbidden,
        "BAD_REQUEST" or "NOT_FOUND" or "InvalidSyntax" or "ValidationError" or "ExtendedValidationError" or "OperationNotSupported" => GatewayFault.Refused,
        _ => GatewayFault.BadAnswer
    };

    private static string? KindOf(JToken? classification) => classification switch
    {
        JValue value => value.Value as string,
        JObject fields => (fields["type"] as JValue)?.Value as string,
        _ => null
    };
}
