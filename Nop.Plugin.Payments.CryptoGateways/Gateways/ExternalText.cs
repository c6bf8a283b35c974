using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Cleans external text and makes it fit its column. Display text is cleaned and shortened, keys are hashed, and an address, memo, URL, code or
/// amount that does not fit is a bad response. The strictest database decides: PostgreSQL stores no NUL and no lone surrogates, and MySQL's
/// utf8mb3, which the platform's columns may use, stores no characters beyond U+FFFF.
/// </summary>
public static partial class ExternalText
{
    /// <summary>The prefix of a hashed key.</summary>
    private const string HashPrefix = "sha256:";

    /// <summary>Replaces an invalid currency code; it differs from every quoted code.</summary>
    private const string InvalidCode = "?";

    /// <summary>The decimals of stored amounts.</summary>
    private const int StoredDecimals = 18;

    /// <summary>
    /// Cleans and shortens text for display. Control characters (except tab and line feed) and lone surrogates are removed; characters beyond
    /// U+FFFF become U+FFFD.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">The maximum length.</param>
    public static string Clean(string text, int length)
    {
        if (text.Length <= length && text.All(IsStorable))
            return text;

        var kept = new StringBuilder();
        for (var i = 0; i < text.Length && kept.Length < length; i++)
        {
            if (IsStorable(text[i]))
                kept.Append(text[i]);
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                kept.Append('\uFFFD');
                i++;
            }
        }
        return kept.ToString();
    }

    /// <summary>
    /// Shortens text for notes, alerts, the log and columns without a length, keeping printable ASCII and replacing everything else by JSON escapes. On
    /// MySQL such columns have the database's default character set, which may support nothing else.
    /// </summary>
    /// <inheritdoc cref="Clean"/>
    public static string Escape(string text, int length)
    {
        var kept = new StringBuilder();
        foreach (var c in text)
        {
            var next = c is >= ' ' and <= '~' or '\n' or '\t' ? $"{c}" : $"\\u{(int)c:x4}";
            if (kept.Length + next.Length > length)
                break;
            kept.Append(next);
        }
        return kept.ToString();
    }

    /// <summary>Joins lines; if they are too long, only the last ones that fit.</summary>
    public static string JoinLines(IEnumerable<string> lines, int length)
    {
        var kept = string.Empty;
        foreach (var line in lines.Select(line => Clean(line, length).Replace('\n', ' ')).Where(line => line.Length > 0).Reverse())
        {
            if (kept.Length + 1 + line.Length > length)
                break;
            kept = kept.Length == 0 ? line : $"{line}\n{kept}";
        }
        return kept;
    }

    /// <summary>The first text that is neither null nor empty; null if there is none.</summary>
    public static string? FirstNonEmpty(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text))
                return text;
        }
        return null;
    }

    /// <summary>
    /// The start of a provider's text on one line for the log, without markup, keys and e-mail addresses.
    /// </summary>
    public static string Excerpt(string text)
    {
        var line = new string([.. text.Take(ExcerptSource).Select(c => char.IsControl(c) || c is '<' or '>' ? ' ' : c)]);
        if (text.Length > ExcerptSource)
            // Half a word would not be recognized as an e-mail address or key.
            line = line[..(line.LastIndexOfAny([' ', '"', '\'', ':', ',', '{', '}', '[', ']']) + 1)];
        return Clean(PersonalData().Replace(Escape(line.Trim(), line.Length * 6), "…"), MaxExcerpt);
    }

    private const int MaxExcerpt = 160;

    /// <summary>How many characters an excerpt is taken from.</summary>
    private const int ExcerptSource = 300;

    /// <summary>E-mail addresses, and runs of characters as long as keys.</summary>
    [GeneratedRegex(@"[^\s""':,{}\[\]]*@[^\s""':,{}\[\]]*|[\w+/=.-]{25,}", RegexOptions.CultureInvariant)]
    private static partial Regex PersonalData();

    /// <summary>True if a text can be stored as a key unchanged: printable ASCII without blanks, not too long, and without a prefix that the plugin itself uses.</summary>
    public static bool IsKey(string text, int length) =>
        text.Length > 0 && text.Length <= length && text.All(c => c is > ' ' and <= '~') && text[0] != '~' && !IsHashed(text);

    /// <summary>The text if it can be a key, otherwise its hash. Different texts have different keys.</summary>
    public static string ToKey(string text, int length) => IsKey(text, length) ? text : HashPrefix + Hash(text);

    /// <summary>True for a hashed key, which the provider does not know.</summary>
    public static bool IsHashed(string key) => key.StartsWith(HashPrefix, StringComparison.Ordinal);

    /// <summary>The SHA-256 of the UTF-16 code units in hexadecimal; an encoding would replace lone surrogates.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));

    /// <summary>Makes a create response fit its columns.</summary>
    /// <exception cref="GatewayException"><see cref="GatewayFault.BadAnswer"/>: a value does not fit.</exception>
    public static CreatedPayment Fit(CreatedPayment created) => created with
    {
        ExternalId = IdOf(created.ExternalId),
        CheckoutUrl = Fit(created.CheckoutUrl),
        ProviderStatus = Escape(created.ProviderStatus, TextLengths.Word),
        PayTo = Fit(created.PayTo)
    };

    /// <summary>Makes a queried payment fit its columns.</summary>
    /// <inheritdoc cref="Fit(CreatedPayment)"/>
    public static ProviderPayment Fit(ProviderPayment provider) => provider with
    {
        StatusText = Escape(provider.StatusText, TextLengths.Word),
        ExternalId = IdOf(provider.ExternalId),
        Amount = Fit(provider.Amount, MidpointRounding.ToPositiveInfinity)!.Value,
        Received = Fit(provider.Received, MidpointRounding.ToZero),
        Expected = provider.Expected is { Amount: 0 } ? throw Bad("an expected amount of zero") : Fit(provider.Expected, MidpointRounding.ToPositiveInfinity),
        Answer = provider.Answer is { } answer ? Clean(answer, TextLengths.Answer) : null,
        Balance = Fit(provider.Balance, MidpointRounding.ToPositiveInfinity),
        Refunded = Fit(provider.Refunded, MidpointRounding.ToZero),
        Net = Fit(provider.Net, MidpointRounding.ToZero),
        CheckoutUrl = Fit(provider.CheckoutUrl),
        PayTo = Fit(provider.PayTo)
    };

    /// <summary>
    /// Makes a webhook fit its columns. It is never rejected, because it may be the only one: a currency or amount that does not fit becomes one that
    /// contradicts every quote. Take <see cref="WebhookMessage.EventKey"/> from the original message.
    /// </summary>
    public static WebhookMessage Fit(WebhookMessage message) => message with
    {
        EventName = Escape(message.EventName, TextLengths.Word),
        ExternalId = IdOf(message.ExternalId),
        Amount = message.Amount is { } stated ? new Money(Math.Min(stated.Amount, Money.Largest), IsCode(stated.Currency) ? stated.Currency : InvalidCode) : null,
        Net = message.Net is { Amount: < Money.TooLarge } net && IsCode(net.Currency) ? net : null,
        ScrubbedBody = Escape(message.ScrubbedBody, TextLengths.Unbounded)
    };

    /// <summary>True if a column of this length stores the text unchanged.</summary>
    public static bool Fits(string text, int length) => text.Length <= length && text.All(IsStorable);

    private static bool IsStorable(char c) => !char.IsSurrogate(c) && (!char.IsControl(c) || c is '\n' or '\t');

    private static bool IsCode(string currency) => IsKey(currency, TextLengths.Code);

    private static string? IdOf(string? id) => string.IsNullOrEmpty(id) ? null : ToKey(id, TextLengths.ExternalId);

    private static Uri? Fit(Uri? page) =>
        page is null || Fits(page.AbsoluteUri, TextLengths.Url) ? page : throw Bad("a payment page whose URL is too long");

    private static PayTo? Fit(PayTo? payTo) => payTo switch
    {
        null => null,
        _ when !Fits(payTo.Address, TextLengths.Address) => throw Bad("an address that is too long or has invalid characters"),
        { Tag: { } tag } when !Fits(tag, TextLengths.AddressTag) => throw Bad("a memo that is too long or has invalid characters"),
        _ => payTo with { Due = Fit(payTo.Due, MidpointRounding.ToPositiveInfinity)!.Value }
    };

    private static Money? Fit(Money? money, MidpointRounding rounding) => money switch
    {
        null => null,
        { Amount: < 0 or >= Money.TooLarge } => throw Bad("an impossible amount"),
        { } it when !IsCode(it.Currency) => throw Bad("an invalid currency code"),
        { } it => it with { Amount = decimal.Round(it.Amount, StoredDecimals, rounding) }
    };

    private static GatewayException Bad(string what) => new(GatewayFault.BadAnswer, $"the response contains {what}");
}
