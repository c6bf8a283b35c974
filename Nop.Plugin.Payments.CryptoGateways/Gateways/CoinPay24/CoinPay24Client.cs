using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// CoinPay24's endpoints. All are POST and carry the key in the body, also those that only read (the documents head the list with
/// GET, their examples post).
/// </summary>
internal sealed class CoinPay24Client(GatewayHttp http)
{
    /// <summary>POST /invoices/create.</summary>
    public async Task<CoinPay24Created> CreateAsync(CoinPay24CreateRequest body, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        var answer = await InItsWordsAsync(http.WriteAsync(CoinPay24Gateway.SystemName, () => Request("invoices/create", body, settings), cancellationToken));
        return GatewayJson.ReadAnswer<CoinPay24Created>(answer);
    }

    /// <summary>POST /invoices/{id}/checkout: chooses the coin for the shopper.</summary>
    public async Task<CoinPay24Invoice> CheckoutAsync(string id, CoinPay24CheckoutRequest body, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        var answer = await InItsWordsAsync(
            http.WriteAsync(CoinPay24Gateway.SystemName, () => Request($"invoices/{Uri.EscapeDataString(id)}/checkout", body, settings), cancellationToken),
            body.PurchaserFullname, body.PurchaserEmail);
        return GatewayJson.ReadAnswer<CoinPay24Invoice>(answer);
    }

    /// <summary>POST /invoices/{id}; null when the provider does not know it.</summary>
    public async Task<CoinPay24Invoice?> GetAsync(string id, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        var body = new CoinPay24Request { ApiKey = settings.ApiKey };
        var answer = await InItsWordsAsync(
            http.ReadAsync(CoinPay24Gateway.SystemName, () => Request($"invoices/{Uri.EscapeDataString(id)}", body, settings), cancellationToken));
        return answer is null ? null : GatewayJson.ReadAnswer<CoinPay24Invoice>(answer);
    }

    /// <summary>POST /invoices.</summary>
    public async Task<CoinPay24Rows> ListAsync(CoinPay24ListRequest body, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        var answer = await InItsWordsAsync(http.ReadAsync(CoinPay24Gateway.SystemName, () => Request("invoices", body, settings), cancellationToken))
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404 to the list of invoices: the API address is wrong") { StatusCode = 404 };
        var page = GatewayJson.ReadAnswer<CoinPay24Page>(answer);
        if (page.Invoices is not { } rows)
            throw new GatewayException(GatewayFault.BadAnswer, "answered list without invoices");

        var (invoices, isComplete) = GatewayJson.ReadRows<CoinPay24Invoice>(rows, answer.ClockAhead);
        return new CoinPay24Rows(page.TotalPages, rows.Count, invoices, isComplete);
    }

    /// <summary>All digits of an amount, and no zeros behind them.</summary>
    private const string Digits = "0.############################";

    private static HttpRequestMessage Request(string path, CoinPay24Request body, CoinPay24Settings settings)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.BaseUrl, path))
        {
            Content = settings.SendJson ? GatewayJson.Content(body) : new FormUrlEncodedContent(FormOf(GatewayJson.Read<JObject>(GatewayJson.Write(body))))
        };
        request.Headers.Accept.ParseAdd("application/json");
        return GatewayHttp.WithSecret(request, settings.ApiKey);
    }

    /// <summary>The fields of a form: what is nested is named as in created_at[from].</summary>
    private static IEnumerable<KeyValuePair<string, string>> FormOf(JObject fields) =>
        from field in fields.Properties()
        from part in field.Value is JObject nested
            ? nested.Properties().Select(inner => (Name: $"{field.Name}[{inner.Name}]", inner.Value))
            : [(field.Name, field.Value)]
        select KeyValuePair.Create(part.Name, ((JValue)part.Value).ToString(part.Value.Type == JTokenType.Float ? Digits : null, CultureInfo.InvariantCulture));

    /// <summary>
    /// Lets a fault be told in the provider's own sentence (422 has one) instead of the answer that it stands in.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="personal">What was sent of the shopper: it must not come back in a log. Forms repeat it encoded, so that only the sentence is told.</param>
    private static async Task<T> InItsWordsAsync<T>(Task<T> call, params string?[] personal)
    {
        try
        {
            return await call;
        }
        catch (GatewayException exception) when (exception.Answer is { } answer && (SentenceIn(answer) is not null || personal.Any(value => value is not null)))
        {
            var sentence = personal.OfType<string>().Where(value => value.Length > 0)
                .Aggregate(SentenceIn(answer) ?? "no sentence", (text, value) => text.Replace(value, "…", StringComparison.OrdinalIgnoreCase));
            var status = exception.Message[..exception.Message.IndexOf(':', StringComparison.Ordinal)];
            throw new GatewayException(exception.Fault, $"{status}: {GatewayHttp.Excerpt(sentence)}");
        }
    }

    private static string? SentenceIn(string answer)
    {
        try
        {
            return GatewayJson.Read<CoinPay24Error>(answer).Sentence;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
