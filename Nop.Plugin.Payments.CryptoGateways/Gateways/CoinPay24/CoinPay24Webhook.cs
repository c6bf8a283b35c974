using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// Callbacks of CoinPay24: a form with a verify_hash. The documentation does not say exactly what is hashed, so every interpretation is
/// accepted: HMAC-SHA256 (the text) or HMAC-SHA512 (the length of the sample), over fields sorted by name (CoinPay24's own plugins) or as
/// received (the text), either re-encoded as PHP does (the plugins) or as raw bytes.
/// </summary>
internal static class CoinPay24Webhook
{
    private const string HashField = "verify_hash";

    /// <summary>The fields that are interpreted. The others are only stored, so their form does not matter.</summary>
    private static readonly string[] _interpreted = ["id", "order_id", "status", "price_amount", "price_currency", "receive_amount", "receive_currency"];

    /// <summary>The fields that are stored and that distinguish events: all documented ones except the hash.</summary>
    private static readonly string[] _stored =
    [
        "txn_id", "id", "order_id", "status", "price_amount", "price_currency", "receive_amount", "receive_currency", "pay_amount", "pay_currency",
        "underpaid_amount", "overpaid_amount", "payment_address", "created_at", "expire_at"
    ];

    /// <summary>Tries each interpretation; the first that matches becomes the signature's form.</summary>
    public static VerifiedSignature? Verify(byte[] body, string apiKey)
    {
        var fields = FieldsOf(body);
        if (fields.LastOrDefault(field => field.Name == HashField) is not { } hash)
            return null;

        var (algorithm, name) = hash.Value.Length == HMACSHA512.HashSizeInBytes * 2 ? (HashAlgorithmName.SHA512, "sha512") : (HashAlgorithmName.SHA256, "sha256");
        return Messages([.. fields.Where(field => field.Name != HashField)])
            .Where(form => WebhookSignature.MatchesHex(hash.Value, algorithm, apiKey, Encoding.Latin1.GetBytes(form.Message)))
            .Select(form => new VerifiedSignature($"{name}, {form.Name}")).FirstOrDefault();
    }

    public static WebhookMessage Read(byte[] body)
    {
        var fields = FieldsOf(body).GroupBy(field => field.Name).Select(group => group.Last()).Where(field => field.Value.Length > 0)
            .ToDictionary(field => field.Name, field => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(field.Value)));
        var invoice = GatewayJson.Read<CoinPay24Invoice>(Json(_interpreted));
        return new WebhookMessage
        {
            EventName = invoice.Status ?? "callback",
            Reference = invoice.OrderId ?? throw new FormatException("order_id is missing"),
            // txn_id has the position of the invoice's id in the documented table, but the sample value has a different form. It is stored
            // without being compared: comparing the wrong field would dispute every order.
            ExternalId = invoice.Id,
            Amount = invoice.Price,
            Status = invoice.Status is null ? null : CoinPay24Statuses.ToStatus(invoice.Status),
            Net = CoinPay24Statuses.ToStatus(invoice.Status) == ProviderStatus.Completed ? invoice.Net : null,
            ScrubbedBody = Json(_stored).ToString(Newtonsoft.Json.Formatting.None)
        };

        JObject Json(IEnumerable<string> names) => new(names.Where(fields.ContainsKey).Select(name => new JProperty(name, fields[name])));
    }

    /// <summary>The messages that may have been hashed, most likely first.</summary>
    private static IEnumerable<(string Name, string Message)> Messages(IReadOnlyList<Field> received)
    {
        // Of fields with the same name, PHP keeps the last value at the first position.
        var fields = received.GroupBy(field => field.Name).Select(group => group.Last()).ToList();
        yield return ("sorted, encoded", Join(fields.OrderBy(field => field.Name, StringComparer.Ordinal), field => field.Encoded));
        yield return ("as received, encoded", Join(fields, field => field.Encoded));
        yield return ("sorted, raw", Join(received.OrderBy(field => field.Name, StringComparer.Ordinal), field => field.Raw));
        yield return ("as received, raw", Join(received, field => field.Raw));
    }

    private static string Join(IEnumerable<Field> fields, Func<Field, string> text) => string.Join('&', fields.Select(text));

    /// <summary>The body's fields in their order. Latin-1 maps each byte to one character, so no byte is lost.</summary>
    private static IReadOnlyList<Field> FieldsOf(byte[] body) =>
        [.. Encoding.Latin1.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(raw => new Field(raw))];

    private sealed record Field(string Raw)
    {
        public string Name { get; } = Decode(Raw.Split('=', 2)[0]);

        public string Value { get; } = Raw.Split('=', 2) is [_, var value] ? Decode(value) : string.Empty;

        /// <summary>As PHP's http_build_query encodes it.</summary>
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
