using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// CoinPay24's callback: a form with a verify_hash. What exactly is hashed the documents leave open, so that every reading of them
/// counts: HMAC-SHA256 (the text) or HMAC-SHA512 (the length of the sample), fields sorted by name (the provider's plugins) or as
/// received (the text), encoded anew as PHP does (the plugins) or in the very bytes that came.
/// </summary>
internal static class CoinPay24Webhook
{
    private const string HashField = "verify_hash";

    /// <summary>The fields that are read. Others are kept for people, and may be of any form.</summary>
    private static readonly string[] _read = ["id", "order_id", "status", "price_amount", "price_currency", "receive_amount", "receive_currency"];

    /// <summary>The fields that are kept and that tell one event from another; all that the documents name, without the hash.</summary>
    private static readonly string[] _kept =
    [
        "txn_id", "id", "order_id", "status", "price_amount", "price_currency", "receive_amount", "receive_currency", "pay_amount", "pay_currency",
        "underpaid_amount", "overpaid_amount", "payment_address", "created_at", "expire_at"
    ];

    /// <summary>Which reading the hash was made by; null when it was made by none, or the key is empty.</summary>
    public static string? FormOf(byte[] body, string apiKey)
    {
        var parts = PartialPaymentsOf(body);
        if (apiKey.Length == 0 || parts.LastOrDefault(part => part.Name == HashField) is not { } hash)
            return null;

        var given = new byte[HMACSHA512.HashSizeInBytes];
        if (Convert.FromHexString(hash.Value, given, out _, out var length) != OperationStatus.Done)
            return null;

        var key = Encoding.UTF8.GetBytes(apiKey);
        var (algorithm, hmac) = length switch
        {
            HMACSHA256.HashSizeInBytes => ("sha256", (Func<byte[], byte[]>)(message => HMACSHA256.HashData(key, message))),
            HMACSHA512.HashSizeInBytes => ("sha512", message => HMACSHA512.HashData(key, message)),
            _ => (string.Empty, null!)
        };
        return algorithm.Length == 0 ? null : Messages([.. parts.Where(part => part.Name != HashField)])
            .Where(form => CryptographicOperations.FixedTimeEquals(hmac(Encoding.Latin1.GetBytes(form.Message)), given.AsSpan(0, length)))
            .Select(form => $"{algorithm}, {form.Name}").FirstOrDefault();
    }

    public static WebhookMessage Read(byte[] body)
    {
        var fields = PartialPaymentsOf(body).GroupBy(part => part.Name).Select(group => group.Last()).Where(part => part.Value.Length > 0)
            .ToDictionary(part => part.Name, part => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(part.Value)));
        var invoice = GatewayJson.Read<CoinPay24Invoice>(Json(_read));
        return new WebhookMessage
        {
            EventName = invoice.Status ?? "callback",
            Reference = invoice.OrderId ?? throw new FormatException("order_id is missing"),
            // txn_id stands where the table describes the invoice's id, but the sample's is of another form than all other ids: it
            // is kept, not compared. An id that another name hid would hold every order.
            ExternalId = invoice.Id,
            Amount = invoice.Price,
            Status = invoice.Status is null ? null : CoinPay24Statuses.Of(invoice.Status),
            Net = CoinPay24Statuses.Of(invoice.Status) == ProviderStatus.Completed ? invoice.Net : null,
            ScrubbedBody = Json(_kept).ToString(Newtonsoft.Json.Formatting.None)
        };

        JObject Json(IEnumerable<string> names) => new(names.Where(fields.ContainsKey).Select(name => new JProperty(name, fields[name])));
    }

    /// <summary>What may have been hashed, the most likely first.</summary>
    private static IEnumerable<(string Name, string Message)> Messages(IReadOnlyList<Part> received)
    {
        // PHP keeps of fields with one name the last, where the first stood.
        var fields = received.GroupBy(part => part.Name).Select(group => group.Last()).ToList();
        yield return ("sorted, encoded", Join(fields.OrderBy(part => part.Name, StringComparer.Ordinal), part => part.Encoded));
        yield return ("as received, encoded", Join(fields, part => part.Encoded));
        yield return ("sorted, raw", Join(received.OrderBy(part => part.Name, StringComparer.Ordinal), part => part.Raw));
        yield return ("as received, raw", Join(received, part => part.Raw));
    }

    private static string Join(IEnumerable<Part> parts, Func<Part, string> text) => string.Join('&', parts.Select(text));

    /// <summary>The body's fields in their order. Characters stand for bytes here, so that nothing is lost on the way.</summary>
    private static IReadOnlyList<Part> PartialPaymentsOf(byte[] body) =>
        [.. Encoding.Latin1.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(raw => new Part(raw))];

    private sealed record Part(string Raw)
    {
        public string Name { get; } = Decode(Raw.Split('=', 2)[0]);

        public string Value { get; } = Raw.Split('=', 2) is [_, var value] ? Decode(value) : string.Empty;

        /// <summary>As PHP's http_build_query writes it.</summary>
        public string Encoded => $"{Encode(Name)}={Encode(Value)}";

        private static string Decode(string text)
        {
            var bytes = new StringBuilder(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    bytes.Append((char)value);
                    i += 2;
                }
                else
                    bytes.Append(text[i] == '+' ? ' ' : text[i]);
            }
            return bytes.ToString();
        }

        private static string Encode(string text)
        {
            var encoded = new StringBuilder(text.Length);
            foreach (var c in text)
            {
                if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                    encoded.Append(c);
                else
                    encoded.Append(c == ' ' ? "+" : $"%{(int)c:X2}");
            }
            return encoded.ToString();
        }
    }
}
