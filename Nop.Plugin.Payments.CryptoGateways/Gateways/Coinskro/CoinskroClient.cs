using System.Net.Http.Headers;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

/// <summary>
/// The endpoints of Coinskro Pay.
/// </summary>
internal sealed class CoinskroClient(GatewayHttp http)
{
    /// <summary>PUT /payment/create.</summary>
    public async Task<CoinskroCreated> CreateAsync(CoinskroCreateRequest body, CoinskroSettings settings, CancellationToken cancellationToken)
    {
        var answer = await http.WriteAsync(CoinskroGateway.SystemName, () => Request(HttpMethod.Put, "payment/create", settings, body), cancellationToken);
        return ReadData<CoinskroCreated>(answer);
    }

    /// <summary>GET /payment/info/{reference}; null if Coinskro does not know the payment. As documented, the call needs no key.</summary>
    public async Task<CoinskroPayment?> InfoAsync(string reference, CoinskroSettings settings, CancellationToken cancellationToken)
    {
        var answer = await http.ReadAsync(CoinskroGateway.SystemName,
            () => Request(HttpMethod.Get, $"payment/info/{Uri.EscapeDataString(reference)}", settings), cancellationToken);
        return answer is null ? null : ReadData<CoinskroPayment>(answer);
    }

    /// <summary>POST /payment/fund-user. A 502 is ambiguous: the funds may have been sent.</summary>
    public Task FundUserAsync(CoinskroFundUserRequest body, CoinskroSettings settings, CancellationToken cancellationToken) =>
        http.WriteAsync(CoinskroGateway.SystemName, () => Request(HttpMethod.Post, "payment/fund-user", settings, body), cancellationToken);

    /// <summary>
    /// PUT /payment/create without any field. Coinskro checks the key first and then, as documented, rejects the call with 400, so nothing
    /// is created.
    /// </summary>
    public async Task TestAsync(CoinskroSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await http.WriteAsync(CoinskroGateway.SystemName, () => Request(HttpMethod.Put, "payment/create", settings, new { }), cancellationToken);
        }
        catch (GatewayException exception) when (exception is { Fault: GatewayFault.Refused, StatusCode: 400 or 422, Answer: { } answer })
        {
            if (GatewayJson.ReadResponse<CoinskroResponse<object>>(new GatewayResponse(answer, default)).Message is { Length: > 0 })
                return;
            throw;
        }
        throw new GatewayException(GatewayFault.BadAnswer, "accepted an empty create call");
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, CoinskroSettings settings, object? body = null)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.BaseUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.SecretKey);
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
            request.Content = GatewayJson.Content(body);
        return request;
    }

    private static T ReadData<T>(GatewayResponse answer) where T : class =>
        GatewayJson.ReadResponse<CoinskroResponse<T>>(answer).Data
        ?? throw new GatewayException(GatewayFault.BadAnswer, "the response has no data");
}
