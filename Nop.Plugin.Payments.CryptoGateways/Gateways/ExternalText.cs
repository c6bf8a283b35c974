using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Makes what comes from outside fit its column. Text that people read is cleaned and shortened, keys are hashed, and an address, memo,
/// URL, code or amount that does not fit is a bad answer. The rule is that of the strictest database: PostgreSQL stores no NUL and no lone
/// surrogate, and MySQL's utf8mb3, which the platform's columns may have, stores no character beyond U+FFFF.
/// </summary>
public static class ExternalText
{
    /// <summary>Begins a key that was hashed.</summary>
    private const string HashMark = "sha256:";

    /// <summary>Stands for a currency code that cannot be one: it is equal to none that was quoted.</summary>
    private const string NoCode = "?";

    /// <summary>The decimals that amounts are stored with.</summary>
    private const int StoredDecimals = 18;

    /// <summary>
    /// The start of a text for people. Control characters (but tab and line feed) and lone surrogates are left out; a character beyond
    /// U+FFFF becomes U+FFFD.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">The column's length.</param>
    public static string Readable(string text, int length)
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
    /// The start of a text that also goes into notes, alerts and the log, or into a column without a length: in printable ASCII, everything
    /// else as the escapes of JSON. Such columns have the database's own character set on MySQL, which may hold no other.
    /// </summary>
    /// <inheritdoc cref="Readable"/>
    public static string Escaped(string text, int length)
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

    /// <summary>A list of lines; where it is too long, the last that fit.</summary>
    public static string Lines(IEnumerable<string> lines, int length)
    {
        var kept = string.Empty;
        foreach (var line in lines.Select(line => Readable(line, length).Replace('\n', ' ')).Where(line => line.Length > 0).Reverse())
        {
            if (kept.Length + 1 + line.Length > length)
                break;
            kept = kept.Length == 0 ? line : $"{line}\n{kept}";
        }
        return kept;
    }

    /// <summary>True for a text that can be a key as it is: printable ASCII without blanks, not too long, and without one of our own marks in front.</summary>
    public static bool IsKey(string text, int length) =>
        text.Length > 0 && text.Length <= length && text.All(c => c is > ' ' and <= '~') && text[0] != '~' && !IsHashed(text);

    /// <summary>The text if it can be a key, else its hash. Different texts have different keys.</summary>
    public static string Key(string text, int length) => IsKey(text, length) ? text : HashMark + HashOf(text);

    /// <summary>True for a key that is a hash: the provider does not know it.</summary>
    public static bool IsHashed(string key) => key.StartsWith(HashMark, StringComparison.Ordinal);

    /// <summary>SHA-256 in hexadecimal, of the UTF-16 code units: an encoding would replace lone surrogates.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));

    /// <summary>The answer to a create call as it can be stored.</summary>
    /// <exception cref="GatewayException"><see cref="GatewayFault.BadAnswer"/>: something does not fit.</exception>
    public static CreatedPayment Fit(CreatedPayment created) => created with
    {
        ExternalId = IdOf(created.ExternalId),
        CheckoutUrl = Fit(created.CheckoutUrl),
        ProviderStatus = Escaped(created.ProviderStatus, TextLengths.Word),
        PayTo = Fit(created.PayTo)
    };

    /// <summary>A provider's answer about a payment as it can be stored.</summary>
    /// <inheritdoc cref="Fit(CreatedPayment)"/>
    public static ProviderPayment Fit(ProviderPayment provider) => provider with
    {
        StatusText = Escaped(provider.StatusText, TextLengths.Word),
        ExternalId = IdOf(provider.ExternalId),
        Amount = Fit(provider.Amount, MidpointRounding.ToPositiveInfinity)!.Value,
        Received = Fit(provider.Received, MidpointRounding.ToZero),
        Expected = provider.Expected is { Amount: 0 } ? throw Bad("nothing that is asked for") : Fit(provider.Expected, MidpointRounding.ToPositiveInfinity),
        Answer = provider.Answer is { } answer ? Readable(answer, TextLengths.Answer) : null,
        Refunded = Fit(provider.Refunded, MidpointRounding.ToZero),
        Net = Fit(provider.Net, MidpointRounding.ToZero),
        CheckoutUrl = Fit(provider.CheckoutUrl),
        PayTo = Fit(provider.PayTo)
    };

    /// <summary>
    /// A webhook as it can be stored. It is never refused, since it may be the only one; a currency or amount that does not fit becomes one
    /// that contradicts every quote. <see cref="WebhookMessage.EventKey"/> is that of the message before.
    /// </summary>
    public static WebhookMessage Fit(WebhookMessage message) => message with
    {
        EventName = Escaped(message.EventName, TextLengths.Word),
        ExternalId = IdOf(message.ExternalId),
        Amount = message.Amount is { } stated ? new Money(Math.Min(stated.Amount, Money.Largest), IsCode(stated.Currency) ? stated.Currency : NoCode) : null,
        Net = message.Net is { Amount: < Money.TooLarge } net && IsCode(net.Currency) ? net : null,
        ScrubbedBody = Escaped(message.ScrubbedBody, TextLengths.Unbounded)
    };

    /// <summary>True for a text that a column of this length stores as it is.</summary>
    public static bool Fits(string text, int length) => text.Length <= length && text.All(IsStorable);

    private static bool IsStorable(char c) => !char.IsSurrogate(c) && (!char.IsControl(c) || c is '\n' or '\t');

    private static bool IsCode(string currency) => IsKey(currency, TextLengths.Code);

    private static string? IdOf(string? id) => string.IsNullOrEmpty(id) ? null : Key(id, TextLengths.ExternalId);

    private static Uri? Fit(Uri? page) =>
        page is null || Fits(page.AbsoluteUri, TextLengths.Url) ? page : throw Bad("a page whose address is too long");

    private static PayTo? Fit(PayTo? payTo) => payTo switch
    {
        null => null,
        _ when !Fits(payTo.Address, TextLengths.Address) => throw Bad("an address that is too long or holds other characters than addresses have"),
        { Tag: { } tag } when !Fits(tag, TextLengths.AddressTag) => throw Bad("a memo that is too long or holds other characters than memos have"),
        _ => payTo with { Due = Fit(payTo.Due, MidpointRounding.ToPositiveInfinity)!.Value }
    };

    private static Money? Fit(Money? money, MidpointRounding rounding) => money switch
    {
        null => null,
        { Amount: < 0 or >= Money.TooLarge } => throw Bad("an amount that there cannot be"),
        { } it when !IsCode(it.Currency) => throw Bad("a currency that is no code"),
        { } it => it with { Amount = decimal.Round(it.Amount, StoredDecimals, rounding) }
    };

    private static GatewayException Bad(string what) => new(GatewayFault.BadAnswer, $"answered with {what}");
}
