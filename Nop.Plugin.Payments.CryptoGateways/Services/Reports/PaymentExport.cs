using System.Globalization;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reports;

/// <summary>
/// A line of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula gets a leading apostrophe, because shoppers and providers
/// write some of it.
/// </summary>
public static class CsvLine
{
    private static readonly char[] _quoted = ['"', ',', ';', '\r', '\n'];

    /// <summary>The cells, separated by commas, and a line break.</summary>
    public static string Of(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>Writes lines in UTF-8 with a byte order mark, which spreadsheets need. The stream is not closed.</summary>
    public static async Task WriteAsync(IEnumerable<string> lines, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        foreach (var line in lines)
            await writer.WriteAsync(line.AsMemory(), cancellationToken);
    }

    private static string Cell(string? text)
    {
        text ??= string.Empty;
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n')
            text = "'" + text;
        return text.IndexOfAny(_quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>
/// Exports payments as a CSV file of any size: UTF-8 with a byte order mark (spreadsheets need it), invariant numbers, and times in UTC.
/// Column names are English in every language, so that programs can rely on them.
/// </summary>
public class PaymentExport(PaymentSearch search, PaymentSummaryReader summaries)
{
    private static readonly string[] _columns =
    [
        "Id", "OrderNumber", "StoreId", "Attempt", "Gateway", "Coin", "Network", "Status", "ProviderStatus", "Reference", "ExternalId",
        "PriceAmount", "PriceCurrency", "PayAmount", "PayCurrency", "AmountToSend", "Rate", "Address", "AddressTag", "ExpectedAmount", "ReceivedAmount", "ReceivedCurrency", "RemainingAmount", "RemainingCurrency", "SurplusAmount", "NetAmount", "NetCurrency", "FeeAmount", "RefundedAmount", "RefundedCurrency", "TransactionIds",
        "CreatedOnUtc", "PaidOnUtc", "SecondsToPaid"
    ];

    /// <summary>Writes each batch as soon as it is read.</summary>
    /// <param name="filter">The payments to export.</param>
    /// <param name="output">The stream to write to. It is not closed.</param>
    /// <param name="cancellationToken">Cancels between two batches.</param>
    public async Task WriteAsync(PaymentFilter filter, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(CsvLine.Of(_columns));
        await foreach (var batch in search.BatchesAsync(filter).WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var numbers = await search.OrderNumbersAsync(batch);
            var summaryOf = await summaries.OfManyAsync(batch);
            foreach (var payment in batch)
                await writer.WriteAsync(CsvLine.Of(Cells(payment, summaryOf[payment.Id], numbers.GetValueOrDefault(payment.OrderId))));
            await writer.FlushAsync(cancellationToken);
        }
    }

    private static string?[] Cells(CryptoPayment payment, PaymentSummary summary, string? orderNumber) =>
    [
        Text(payment.Id), orderNumber ?? Text(payment.OrderId), Text(payment.StoreId), Text(payment.Attempt), payment.Gateway, payment.Coin, payment.Network,
        $"{summary.State}", payment.ProviderStatus, payment.Reference, payment.KnownExternalId,
        Amount(payment.PriceAmount), payment.PriceCurrency, Amount(payment.PayAmount), payment.QuotedForDisplay.Currency, Amount(payment.AmountToSend?.Amount), Amount(payment.Rate?.Amount), payment.Address, payment.AddressTag, Amount(summary.Expected.Amount), Amount(summary.Received?.Amount), summary.Expected.Currency,
        Amount(summary.Remaining?.Amount), summary.Remaining?.Currency, Amount(summary.Surplus?.Amount),
        Amount(payment.NetAmount), payment.Net?.Currency, Amount(summary.ProviderFee?.Amount), Amount(payment.RefundedAmount), payment.RefundedAmount is null ? null : payment.QuotedForDisplay.Currency, payment.TransactionIds?.Replace('\n', ' '),
        Time(payment.CreatedOnUtc), Time(summary.PaidOnUtc), Text(payment.SecondsToPaid)
    ];

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Amount(decimal? amount) => amount is { } number ? Money.NumberOf(number) : null;

    private static string? Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
