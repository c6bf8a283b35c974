using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CoinPayment;

/// <summary>OrbVPN's GraphQL at the three addresses that the documents name or that a merchant may set, and CoinPayments.net's api.php. Error texts are ours unless marked.</summary>
public sealed partial class CoinPaymentProvider
{
    private const string Mutation = "coinpaymentCreatePayment";
    private const int MultiLimit = 25;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] ResultFields =
        ["id", "error", "address", "amount", "txn_id", "confirms_needed", "timeout", "checkout_url", "status_url", "qrcode_url", "__typename"];

    private static readonly string[] ArgumentNames = ["category", "groupId", "moreLoginCount", "coin"];

    public override void MapApi(MerchantApi api)
    {
        api.Map("POST", "", "create", Create);
        api.Map("POST", "/graphql", "create", Create);
        api.Map("POST", $"/{Mutation}", "create", Create);
        api.Map("POST", "/api.php", "api", CallApi);
        api.Map("GET", "/index.php", "pay", ShowPayPage);
        api.Map("POST", "/index.php", "pay", UsePayPage);
        api.Map("GET", "/qrgen.php", "pay", ShowQrCode);
    }

    public override ApiAnswer Error(int status) => GraphQlError(status, $"HTTP {status}", "INTERNAL_ERROR");

    public override ApiAnswer Error(int status, ApiRequest request) =>
        request.Path.EndsWith("/api.php", StringComparison.Ordinal) ? ApiError($"HTTP {status}") with { Status = status } : Error(status);

    private static ApiAnswer Answer(int status, object body) => new(status, JsonSerializer.Serialize(body, Json));

    private static ApiAnswer GraphQlError(int status, string message, string classification) => Answer(status, new
    {
        errors = new[] { new { message, path = new[] { Mutation }, extensions = new { classification } } },
        data = (object?)null
    });

    private ApiAnswer Create(ApiRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || !Settings.List("accessToken").Contains(header[7..].Trim()))
            return GraphQlError(Settings["unauthorizedStyle"] == "http" ? 401 : 200, "Unauthorized", "UNAUTHORIZED");
        if (request.Json() is not { } body || !body.TryGetProperty("query", out var query) || query.ValueKind != JsonValueKind.String)
            return GraphQlError(400, "The body is a JSON object with a query", "BAD_REQUEST");
        if (NameOfRoot().IsMatch(query.GetString()!))
            return Answer(200, new { data = new { __typename = "Query" } });
        try
        {
            var call = GraphQl.Parse(query.GetString()!, body.TryGetProperty("variables", out var variables) ? variables : null);
            return Create(request, call, body);
        }
        catch (GraphQlException e)
        {
            return GraphQlError(Settings["errorStyle"] == "http" ? 400 : 200, e.Message, e.Classification);
        }
    }

    private ApiAnswer Create(ApiRequest request, GraphQlCall call, JsonElement body)
    {
        if (call.Field != Mutation)
            throw Invalid($"Field '{call.Field}' in type 'Mutation' is undefined");
        if (call.Arguments.Keys.Except(ArgumentNames).FirstOrDefault() is { } argument)
            throw Invalid($"Unknown field argument '{argument}'");
        if (call.Selection.Except(ResultFields).FirstOrDefault() is { } field)
            throw Invalid($"Field '{field}' in type 'CoinPaymentResponse' is undefined");
        var category = Text(call, "category") ?? throw Invalid("Missing field argument 'category'");
        var coin = Text(call, "coin") ?? throw Invalid("Missing field argument 'coin'");
        if (!Settings.List("categories").Contains(category))
            throw Invalid($"Invalid input for enum 'PaymentCategory'. No value found for name '{category}'");
        var groupId = Number(call, "groupId", 1);
        var logins = Number(call, "moreLoginCount", 0);
        if (string.IsNullOrWhiteSpace(coin))
            throw new GraphQlException("coin: must not be blank", "BAD_REQUEST");
        var price = Price(category, groupId, logins);
        var id = BeforeFirstId + ++LastNumber;
        var problem = Settings["providerError"] is { Length: > 0 } set ? set
            : !Settings.List("coins").Contains(coin) || !Rates.ContainsKey(coin.Split('.')[0]) ? $"Invalid coin {coin}"
            : price < Settings.Number("minimumUsd") ? "Amount too small, there would be nothing left!"
            : null;
        return Answer(200, new
        {
            data = new Dictionary<string, object?>
            {
                [Mutation] = Select(call, problem is null
            ? Result(request, Start(request, category, groupId, logins, coin, price, id, body))
            : new() { ["id"] = Id(id), ["error"] = problem })
            }
        });
    }

    private static GraphQlException Invalid(string message) => new(message, "ValidationError");

    private static string? Text(GraphQlCall call, string name) => !call.Arguments.TryGetValue(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Invalid($"Variable '{name}' has an invalid value : Expected a String input");

    private static int? Number(GraphQlCall call, string name, int least) => !call.Arguments.TryGetValue(name, out var value) ? null
        : value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) ? throw Invalid($"Variable '{name}' has an invalid value : Expected a value that can be converted to type 'Int'")
        : number >= least ? number
        : throw new GraphQlException($"{name}: must be greater than or equal to {least}", "BAD_REQUEST"); // @Min of the server's code

    /// <summary>In USD: the plan's price; for logins their number times a price (the real one is pro rata); BUY_CREDIT takes moreLoginCount itself.</summary>
    private decimal Price(string category, int? groupId, int? logins) => category switch
    {
        "MORE_LOGIN" or "ADDON" => (logins ?? 0) * Settings.Number("moreLoginPrice"),
        "BUY_CREDIT" => logins ?? 0,
        _ => groupId is { } id && Settings.Prices("plans").TryGetValue(id.ToString(CultureInfo.InvariantCulture), out var price)
            ? price : throw new GraphQlException("Group not found", "NOT_FOUND")
    };

    private CoinPaymentTransaction Start(ApiRequest request, string category, int? groupId, int? logins, string coin, decimal price, int id, JsonElement body)
    {
        var amount = Math.Ceiling(price / Rates[coin.Split('.')[0]] * 100_000_000m) / 100_000_000m;
        var timeout = TimeSpan.FromSeconds((double)Settings.Number("timeoutSeconds"));
        var transaction = new CoinPaymentTransaction
        {
            Reference = $"CP{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 24)}",
            Id = id,
            Category = category,
            GroupId = groupId,
            MoreLoginCount = logins,
            PriceUsd = price,
            Amount = amount,
            Currency = coin,
            ReportedAmount = amount,
            ReportedCurrency = coin,
            Status = "0",
            Address = ChainAddress.For(coin),
            ConfirmsNeeded = (int)Settings.Number("confirmsNeeded"),
            ExpireUtc = Now + timeout,
            PayUrl = "",
            CreatedUtc = Now,
            UpdatedUtc = Now,
            Request = body
        };
        transaction.PayUrl = Page(request, transaction, "index.php?cmd=checkout&");
        Payments.Add(transaction);
        if (timeout > TimeSpan.Zero)
            Later(timeout, () =>
            {
                if (transaction is { Status: "0" } && transaction.Received < transaction.Amount)
                    SetStatus(transaction, "-1", Args.None);
            });
        return transaction;
    }

    private string Page(ApiRequest request, CoinPaymentTransaction p, string page) => $"{request.BaseUrl}/{Name}/{page}id={p.Reference}&key={p.PageKey}";

    private object Id(int id) => Settings["ids"] == "number" ? id : id.ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, object?> Result(ApiRequest request, CoinPaymentTransaction p) => new()
    {
        ["id"] = Id(p.Id),
        ["address"] = p.Address,
        ["amount"] = Coins(p.Amount),
        ["txn_id"] = p.Reference,
        ["confirms_needed"] = p.ConfirmsNeeded.ToString(CultureInfo.InvariantCulture),
        ["timeout"] = (int)(p.ExpireUtc - p.CreatedUtc).TotalSeconds,
        ["checkout_url"] = p.PayUrl,
        ["status_url"] = Page(request, p, "index.php?cmd=status&"),
        ["qrcode_url"] = Page(request, p, "qrgen.php?")
    };

    /// <summary>Only what was asked for, null where there is nothing.</summary>
    private static Dictionary<string, object?> Select(GraphQlCall call, Dictionary<string, object?> result) =>
        call.Selection.Distinct().ToDictionary(f => f, f => f == "__typename" ? "CoinPaymentResponse" : result.GetValueOrDefault(f));

    private static ApiAnswer ApiError(string error) => Answer(200, new { error, result = Array.Empty<object>() });

    private ApiAnswer CallApi(ApiRequest request)
    {
        string Field(string name) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.Body).TryGetValue(name, out var value) ? value.ToString() : "";

        if (request.Headers["HMAC"].ToString() is not { Length: > 0 } signature)
            return ApiError("No HMAC signature sent"); // as in the documents' own IPN sample
        if (Field("key") != Settings["publicKey"])
            return ApiError("Invalid API public key passed");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature.ToLowerInvariant()), Encoding.ASCII.GetBytes(Sign(request.Body, Settings["privateKey"]))))
            return ApiError("HMAC signature does not match"); // the real text, seen in public reports
        if (Field("version") != "1")
            return ApiError("Invalid API version");
        if (Field("format") is not ("" or "json"))
            return ApiError("The simulator answers JSON only");
        var txid = Field("txid");
        return Field("cmd") switch
        {
            "get_tx_info" when base.Find(txid) is CoinPaymentTransaction p => Answer(200, new { error = "ok", result = Info(p, Field("full") == "1") }),
            "get_tx_info" => ApiError("Transaction not found"),
            "get_tx_info_multi" => Multi(txid.Split('|')),
            _ => ApiError("Invalid command name")
        };
    }

    private ApiAnswer Multi(string[] ids)
    {
        if (ids is [""] || ids.Length > MultiLimit)
            return ApiError($"txid is 1 to {MultiLimit} transaction ids");
        var result = new JsonObject();
        foreach (var id in ids.Distinct())
        {
            var one = base.Find(id) is CoinPaymentTransaction p ? Info(p, full: false) : [];
            one.Insert(0, "error", one.Count > 0 ? "ok" : "Transaction not found");
            result[id] = one;
        }
        return Answer(200, new { error = "ok", result });
    }

    private static JsonObject Info(CoinPaymentTransaction p, bool full)
    {
        var info = new JsonObject
        {
            ["time_created"] = p.CreatedUtc.ToUnixTimeSeconds(),
            ["time_expires"] = p.ExpireUtc.ToUnixTimeSeconds(),
            ["status"] = int.Parse(p.Status, CultureInfo.InvariantCulture),
            ["status_text"] = Words(p.Status),
            ["type"] = "coins",
            ["coin"] = p.ReportedCurrency,
            ["amount"] = Satoshi(p.ReportedAmount),
            ["amountf"] = Coins(p.ReportedAmount),
            ["received"] = Satoshi(p.Received),
            ["receivedf"] = Coins(p.Received),
            ["recv_confirms"] = p.Confirms,
            ["payment_address"] = p.Address
        };
        if (full)
            info["checkout"] = new JsonObject { ["currency"] = "USD", ["total"] = Satoshi(p.PriceUsd), ["invoice"] = p.Id.ToString(CultureInfo.InvariantCulture) };
        return info;
    }

    /// <summary>What every GraphQL server answers: a way to see whether there is one.</summary>
    [GeneratedRegex(@"^\s*(query\s*)?\{\s*__typename\s*\}\s*$")]
    private static partial Regex NameOfRoot();

    /// <summary>In hundred-millionths, whatever the coin.</summary>
    private static long Satoshi(decimal amount) => (long)(amount * 100_000_000m);
}
