using System.Text.RegularExpressions;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the timeline of an attempt in the administrator's language and time zone.
/// </summary>
public partial class TimelineModelFactory(PaymentEventService events, PluginTexts texts)
{
    /// <summary>All events of an attempt, newest first.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="mayReplay">True when the administrator may reprocess webhooks.</param>
    public async Task<IList<TimelineRowModel>> PrepareAsync(int paymentId, bool mayReplay)
    {
        var zone = await texts.TimeZoneAsync();
        var rows = new List<TimelineRowModel>();
        foreach (var row in await events.AllAsync(paymentId))
        {
            var isWebhook = row.Kind == PaymentEventKind.Webhook;
            rows.Add(new TimelineRowModel(row.Id, AdminText.Time(row.CreatedOnUtc, zone)!, $"{row.Kind}", await TextAsync(row),
                isWebhook ? row.Body : null, row.ProcessedOnUtc is null, isWebhook && mayReplay, StatusesOf(row)));
        }
        return rows;
    }

    private static string[] StatusesOf(PaymentEvent row) => row.Kind switch
    {
        PaymentEventKind.StatusChange => row.Name?.Split(" > ") ?? [],
        PaymentEventKind.Notification => row.Name is { } status ? [status] : [],
        _ => []
    };

    private async Task<string?> TextAsync(PaymentEvent row)
    {
        var transaction = row.Kind is PaymentEventKind.ManuallySettled or PaymentEventKind.SurplusRefund ? row.Body : null;
        var text = string.Join(": ", new[] { await NameAsync(row), await OutcomeAsync(row), transaction }.Where(part => !string.IsNullOrEmpty(part)));
        return text.Length > 0 ? text : null;
    }

    private async Task<string?> NameAsync(PaymentEvent row) => row switch
    {
        { Name: null } or { Kind: PaymentEventKind.StatusChange or PaymentEventKind.Notification } => null,
        { Kind: PaymentEventKind.Operation } => await texts.GetAsync($"Event.Operation.{row.Name}"),
        { Kind: PaymentEventKind.ManuallySettled or PaymentEventKind.SurplusRefund } when Customer().Match(row.Name) is { Success: true } found =>
            found.Groups[1].Value + await texts.GetAsync("Event.Customer", found.Groups[2].Value),
        _ => row.Name
    };

    /// <summary>Rows of earlier versions hold English words; those without a code are shown as they are.</summary>
    private async Task<string?> OutcomeAsync(PaymentEvent row) =>
        Enum.TryParse<PaymentEventOutcome>(row.Outcome?.Replace(" ", string.Empty, StringComparison.Ordinal), ignoreCase: true, out var outcome)
            ? await texts.GetAsync($"Event.Outcome.{outcome}")
            : row.Outcome;

    /// <summary>An amount, if any, and the administrator's customer id.</summary>
    [GeneratedRegex("^(.*, )?customer ([0-9]+)$")]
    private static partial Regex Customer();
}
