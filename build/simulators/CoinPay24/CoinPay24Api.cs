using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoinPay24;

/// <summary>The merchant's endpoints. Names and statuses are the page's; the texts of error_message are ours, the field's name is the plugins'.</summary>
public sealed partial class CoinPay24Provider
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] LinkFields = ["callback_url", "cancel_url", "success_url"];

    public override void MapApi(MerchantApi api)
    {
        api.Map("POST", "/v1/invoices/create", "create", r => Serve(r, Create));
        api.Map("POST", "/v1/invoices/{id:long}/checkout", "checkout", r => Serve(r, Checkout));
        api.Map("POST", "/v1/invoices/{id:long}", "get", r => Serve(r, Get));
        api.Map("POST", "/v1/invoices", "list", r => Serve(r, List));
        api.Map("GET", "/v1/invoices", "list", r => Serve(r, List, keyInQuery: true));
        api.Map("GET", "/invoice/{token}", "pay", ShowPayPage);
        api.Map("POST", "/invoice/{token}", "pay", UsePayPage);
        api.Map("GET", "/pay/{token}", "pay", ShowPayPage);
        api.Map("POST", "/pay/{token}", "pay", UsePayPage);
    }

    public override ApiAnswer Error(int status) => Error(status, status switch
    {
        400 => "Your request is invalid.",
        401 => "Your API key is wrong.",
        404 => "The specified invoice could not be found.",
        406 => "You requested a format that isn't json.",
        422 => "The invoice is not valid.",
        429 => "Too many requests.",
        503 => "We're temporarily offline for maintenance. Please try again later.",
        _ => "We had a problem with our server. Try again later."
    });

    private static ApiAnswer Error(int status, string message) => Answer(status, new { error_message = message });

    private static ApiAnswer Answer(int status, object body) => new(status, JsonSerializer.Serialize(body, Json));

    /// <summary>What all private endpoints share: format, key and limits.</summary>
    private ApiAnswer Serve(ApiRequest request, Func<ApiRequest, Fields, ApiAnswer> work, bool keyInQuery = false)
    {
        if (request.Headers.Accept.ToString() is { Length: > 0 } accept && !accept.Contains("json") && !accept.Contains("*/*") && !accept.Contains("application/*"))
            return Error(406);
        if (Fields.Read(request, keyInQuery) is not { } fields)
            return Error(400);
        if (fields["api_key"] is not { } key || !Settings.List("apiKey").Contains(key))
            return Error(401);
        if (!_quota.Take(key, "minute", Settings.Number("requestsPerMinute"), TimeSpan.FromMinutes(1), Now)
            || !_quota.Take(key, "hour", Settings.Number("requestsPerHour"), TimeSpan.FromHours(1), Now))
            return Error(429);
        return work(request, fields);
    }

    private ApiAnswer Create(ApiRequest request, Fields fields)
    {
        if (Problem(fields) is { } problem)
            return Error(422, problem);
        if (!_quota.Take(fields["api_key"]!, "invoices", Settings.Number("invoicesPerHour"), TimeSpan.FromHours(1), Now))
            return Error(429, "The limit of invoices per hour is reached.");
        var amount = Price(fields)!.Value;
        var currency = fields["price_currency"]!;
        var first = Settings["ids"] == "long" ? 309_272_569_091_632 : 1_195_824;
        var invoice = new CoinPay24Invoice
        {
            Id = first + LastNumber++,
            Reference = fields["order_id"]!,
            Amount = amount,
            Currency = currency,
            ReportedAmount = amount,
            ReportedCurrency = currency,
            Status = Open,
            Title = fields["title"],
            Description = fields["description"],
            CallbackUrl = fields["callback_url"],
            CancelUrl = fields["cancel_url"],
            SuccessUrl = fields["success_url"],
            ApiKey = fields["api_key"]!,
            PayUrl = "",
            CreatedUtc = Now,
            UpdatedUtc = Now,
            Request = fields.ToJson()
        };
        invoice.PayUrl = $"{request.BaseUrl}/{Name}/invoice/{invoice.Token}";
        Payments.Add(invoice);
        ExpireLater(invoice);
        var answer = Answer(200, new { created_at = Stamp(invoice.CreatedUtc), payment_url = invoice.PayUrl });
        return Settings.Flag("trailingComma") ? answer with { Body = $"{answer.Body[..^1]},\n}}" } : answer;
    }

    /// <summary>The page's table says "amount", its example and all plugins "price_amount".</summary>
    private static decimal? Price(Fields fields) => decimal.TryParse(fields["price_amount"] ?? fields["amount"],
        NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price > 0 ? price : null;

    private string? Problem(Fields fields)
    {
        if (fields["order_id"] is null)
            return "order_id is required.";
        if (Price(fields) is null)
            return "price_amount must be a positive number.";
        if (fields["price_currency"] is not { } currency)
            return "price_currency is required.";
        if (!Rates.ContainsKey(currency))
            return "price_currency is not supported.";
        if (fields["title"] is { Length: > 150 })
            return "title may not be longer than 150 characters.";
        return LinkFields.FirstOrDefault(f => fields[f] is { } url && !Settings.IsWebAddress(url)) is { } link ? $"{link} must be a valid URL." : null;
    }

    private CoinPay24Invoice? Invoice(ApiRequest request, Fields fields) =>
        long.TryParse(request.Route["id"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Payments.Cast<CoinPay24Invoice>().FirstOrDefault(p => p.Id == id && p.ApiKey == fields["api_key"]) : null;

    private ApiAnswer Checkout(ApiRequest request, Fields fields)
    {
        if (Invoice(request, fields) is not { } p)
            return Error(404);
        if (fields["pay_currency"] is not { } coin)
            return Error(422, "pay_currency is required.");
        if (p.Status is not (Open or Chosen) || p.Seen)
            return Error(422, $"The invoice is {p.Status}.");
        if (fields["purchaser_email"] is { } email && !email.Contains('@'))
            return Error(422, "purchaser_email must be an email address.");
        try
        {
            Choose(p, coin, Args.None);
        }
        catch (ArgumentException)
        {
            return Error(422, "pay_currency is not active.");
        }
        p.PurchaserFullname = fields["purchaser_fullname"];
        p.PurchaserEmail = fields["purchaser_email"];
        return Answer(200, new
        {
            id = p.Id,
            order_id = p.Reference,
            pay_amount = Coins(p.PayAmount!.Value),
            pay_currency = p.PayCurrency,
            payment_address = p.PaymentAddress,
            payment_url = p.PayUrl.Replace("/invoice/", "/pay/", StringComparison.Ordinal),
            price_amount = Decimal(p.ReportedAmount),
            price_currency = p.ReportedCurrency,
            status = p.Status,
            created_at = Stamp(p.CreatedUtc),
            expire_at = Stamp(p.ExpireUtc!.Value)
        });
    }

    private ApiAnswer Get(ApiRequest request, Fields fields) => Invoice(request, fields) is { } p ? Answer(200, Row(p, whole: true)) : Error(404);

    /// <summary>As in the answers of get and list: what the choice of a coin decides is left out before it.</summary>
    private static JsonObject Row(CoinPay24Invoice p, bool whole)
    {
        var row = new JsonObject
        {
            ["id"] = p.Id,
            ["status"] = p.Status,
            ["price_currency"] = p.ReportedCurrency,
            ["price_amount"] = Decimal(p.ReportedAmount)
        };
        if (p.PayCurrency is not null)
        {
            row["pay_currency"] = p.PayCurrency;
            row["pay_amount"] = Coins(p.PayAmount!.Value);
        }
        row["created_at"] = Stamp(p.CreatedUtc);
        if (p.ExpireUtc is { } end)
        {
            row["expire_at"] = Stamp(end);
            row["payment_address"] = p.PaymentAddress;
        }
        row["order_id"] = p.Reference;
        if (whole)
        {
            row["underpaid_amount"] = Coins(p.UnderpaidAmount);
            row["overpaid_amount"] = Coins(p.OverpaidAmount);
        }
        row["payment_url"] = p.PayUrl;
        return row;
    }

    private ApiAnswer List(ApiRequest request, Fields fields)
    {
        if (!Count(fields["per_page"], 100, out var perPage) || perPage > 100 || !Count(fields["page"], 1, out var page))
            return Error(422, "per_page is 1 to 100, page at least 1.");
        if ((fields["sort"] ?? "created_at_desc") is not ("created_at_asc" or "created_at_desc") and not null)
            return Error(422, "sort is created_at_asc or created_at_desc.");
        if (!Moment(fields["created_at[from]"], DateTimeOffset.MinValue, out var from) || !Moment(fields["created_at[to]"], DateTimeOffset.MaxValue, out var to))
            return Error(422, "created_at[from] and created_at[to] are dates.");
        // The list is in order of creation, and invoices of the same second keep that order.
        var found = Payments.Cast<CoinPay24Invoice>().Where(p => p.ApiKey == fields["api_key"] && p.CreatedUtc >= from && p.CreatedUtc <= to).ToList();
        if (fields["sort"] != "created_at_asc")
            found.Reverse();
        return Answer(200, new
        {
            current_page = page,
            per_page = perPage,
            total_invoices = found.Count,
            total_pages = (found.Count + perPage - 1) / perPage,
            invoices = found.Skip((int)Math.Min(int.MaxValue, (page - 1L) * perPage)).Take(perPage).Select(p => Row(p, whole: false))
        });
    }

    private static bool Count(string? text, int otherwise, out int count)
    {
        count = otherwise;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0);
    }

    /// <summary>A date means its first moment in UTC; also taken: a date with time, and Unix seconds (the page calls the type "Int").</summary>
    private static bool Moment(string? text, DateTimeOffset otherwise, out DateTimeOffset moment)
    {
        moment = otherwise;
        if (text is null)
            return true;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000)
        {
            moment = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
    }
}
