using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// The endpoints of CoinPay24. All are POST and carry the key in the body, even those that only read: the documentation says GET for the
/// list, but its example posts.
/// </summary>
internal sealed class CoinPay24Client(GatewayHttp http)
{
    /// <summary>POST /invoices/create.</summary>
    public async Task<CoinPay24Created> CreateAsync(CoinPay24CreateRequest body, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        var answer = await WithProviderMessageAsync(http.WriteAsync(CoinPay24Gateway.SystemName, () => Request("invoices/create", body, settings), cancellationToken));
        return GatewayJson.ReadResponse<CoinPay24Created>(answer);
    }

    /// <summary>POST /invoices/{id}/checkout: selects the coin.</summary>
    public async Task<CoinPay24Invoice> CheckoutAsync(string id, CoinPay24CheckoutRequest body, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        var answer = await WithProviderMessageAsync(
            http.WriteAsync(CoinPay24Gateway.SystemName, () => Request($"invoices/{Uri.EscapeDataString(id)}/checkout", body, settings), cancellationToken),
            body.PurchaserFullname, body.PurchaserEmail);
        return GatewayJson.ReadResponse<CoinPay24Invoice>(answer);
    }

    /// <summary>POST /invoices/{id}; null if CoinPay24 does not know the invoice.</summary>
    public async Task<CoinPay24Invoice?> GetAsync(string id, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        var body = new CoinPay24Request { ApiKey = settings.ApiKey };
        var answer = await WithProviderMessageAsync(
            http.ReadAsync(CoinPay24Gateway.SystemName, () => Request($"invoices/{Uri.EscapeDataString(id)}", body, settings), cancellationToken));
        return answer is null ? null : GatewayJson.ReadResponse<CoinPay24Invoice>(answer);
    }

    /// <summary>POST /invoices.</summary>
    public async Task<CoinPay24ListPage> ListAsync(CoinPay24ListRequest body, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        var answer = await WithProviderMessageAsync(http.ReadAsync(CoinPay24Gateway.SystemName, () => Request("invoices", body, settings), cancellationToken))
            ?? throw new GatewayException(GatewayFault.Refused, "answered 404 to the list of invoices: check the API URL") { StatusCode = 404 };
        var page = GatewayJson.ReadResponse<CoinPay24Page>(answer);
        if (page.Invoices is not { } rows)
            throw new GatewayException(GatewayFault.BadAnswer, "the list response has no invoices");

        var (invoices, isComplete) = GatewayJson.ReadRows<CoinPay24Invoice>(rows, answer.ClockAhead);
        return new CoinPay24ListPage(page.TotalPages, rows.Count, invoices, isComplete);
    }

    /// <summary>All digits of an amount without trailing zeros.</summary>
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

    /// <summary>The fields of a form; nested fields are named as in created_at[from].</summary>
    private static IEnumerable<KeyValuePair<string, string>> FormOf(JObject fields) =>
        from field in fields.Properties()
        from part in field.Value is JObject nested
            ? nested.Properties().Select(inner => (Name: $"{field.Name}[{inner.Name}]", inner.Value))
            : [(field.Name, field.Value)]
        select KeyValuePair.Create(part.Name, ((JValue)part.Value).ToString(part.Value.Type == JTokenType.Float ? Digits : null, CultureInfo.InvariantCulture));

    /// <summary>
    /// Replaces the raw body in an exception's message with the provider's own error message, if there is one.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="personal">Personal data in the request, which must not reach the log. A response may echo it encoded, so only the error message is kept.</param>
    private static async Task<T> WithProviderMessageAsync<T>(Task<T> call, params string?[] personal)
    {
        try
        {
            return await call;
        }
        catch (GatewayException exception) when (exception.Answer is { } answer && (MessageIn(answer) is not null || personal.Any(value => value is not null)))
        {
            var message = personal.OfType<string>().Where(value => value.Length > 0)
                .Aggregate(MessageIn(answer) ?? "no message", (text, value) => text.Replace(value, "…", StringComparison.OrdinalIgnoreCase));
            var status = exception.Message[..exception.Message.IndexOf(':', StringComparison.Ordinal)];
            throw new GatewayException(exception.Fault, $"{status}: {ExternalText.Excerpt(message)}");
        }
    }

    private static string? MessageIn(string answer)
    {
        try
        {
            return GatewayJson.Read<CoinPay24Error>(answer).FirstMessage;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>
/// Searches the list of invoices. The API can filter it only by day, not by order_id, and one day of a busy account has hundreds of pages.
/// A binary search over the pages therefore finds the first relevant one.
/// </summary>
internal sealed class CoinPay24InvoiceSearch(CoinPay24Client client)
{
    /// <summary>The documented maximum of per_page.</summary>
    public const int PerPage = 100;

    /// <summary>The largest expected difference between the clocks of CoinPay24 and the store.</summary>
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Visits the invoices created in a period, oldest first.
    /// </summary>
    /// <param name="fromUtc">Start of the period, UTC by the store's clock.</param>
    /// <param name="toUtc">End of the period, UTC by the store's clock.</param>
    /// <param name="maxPages">The maximum number of pages to read; each costs one call.</param>
    /// <param name="isDone">Receives an invoice; true ends the search.</param>
    /// <param name="settings">The store's settings.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>False if some invoices may have been missed: <paramref name="maxPages"/> was reached, or rows were unreadable.</returns>
    public async Task<bool> VisitAsync(DateTime fromUtc, DateTime toUtc, int maxPages, Func<CoinPay24Invoice, bool> isDone,
        CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        // One extra day on each side: neither the time zone of the days nor whether the last one is included is documented.
        var days = new CoinPay24Days(DayOf(fromUtc.AddDays(-1)), DayOf(toUtc.AddDays(2)));
        var pages = new Dictionary<int, CoinPay24ListPage>();
        var (start, end) = (1, 1);
        do
        {
            var middle = (start + end) / 2;
            if (await PageAsync(middle) is not { } page)
                return false;
            if (pages.Count == 1)
                end = page.TotalPages ?? 1;
            var isBefore = page.Invoices.All(invoice => invoice.CreatedOnUtc < fromUtc - _skew);
            (start, end) = isBefore && middle < end ? (middle + 1, end) : (start, middle);
        }
        while (start < end);

        for (var (number, isComplete) = (start, true); ; number++)
        {
            if (await PageAsync(number) is not { } page)
                return false;
            isComplete &= page.IsComplete;
            if (page.Invoices.Any(isDone) || IsLast(page, number) || IsPast(page, toUtc + _skew))
                return isComplete;
        }

        async Task<CoinPay24ListPage?> PageAsync(int number)
        {
            if (!pages.TryGetValue(number, out var page) && pages.Count < maxPages)
                pages[number] = page = await client.ListAsync(Request(settings, PerPage, number, "created_at_asc", days), settings, cancellationToken);
            return page;
        }
    }

    private static bool IsLast(CoinPay24ListPage page, int number) =>
        page.Count == 0 || (page.TotalPages is { } total ? number >= total : page.Count < PerPage);

    /// <summary>True if all later pages are newer. A page that is not sorted as requested proves nothing.</summary>
    private static bool IsPast(CoinPay24ListPage page, DateTime end) =>
        page.Invoices is [var first, .., var last] && last.CreatedOnUtc > end && first.CreatedOnUtc <= last.CreatedOnUtc;

    /// <summary>The most recently created invoices, newest first.</summary>
    public async Task<IReadOnlyList<CoinPay24Invoice>> NewestAsync(int count, CoinPay24Settings settings, CancellationToken cancellationToken) =>
        (await client.ListAsync(Request(settings, count, 1, "created_at_desc", days: null), settings, cancellationToken)).Invoices;

    private static CoinPay24ListRequest Request(CoinPay24Settings settings, int perPage, int page, string sort, CoinPay24Days? days) =>
        new() { ApiKey = settings.ApiKey, PerPage = perPage, Page = page, Sort = sort, CreatedAt = days };

    private static string DayOf(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
