using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Plugin.Payments.CryptoGateways.Validators;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The texts that the files hold are those that the plugin asks for.
/// </summary>
public sealed partial class TextTests
{
    private const string Prefix = CryptoGatewaysDefaults.TextPrefix;

    private static readonly IReadOnlyDictionary<string, string> _english = Parse("resources.en.json");

    private static IEnumerable<string> Files => Sources.Texts.Keys;

    [TestCaseSource(nameof(Files))]
    public void A_file_is_named_after_a_language(string file) =>
        Assert.That(CultureInfo.GetCultureInfo(file.Split('.')[1], predefinedOnly: true).TwoLetterISOLanguageName, Is.EqualTo(file.Split('.')[1]));

    [TestCaseSource(nameof(Files))]
    public void Every_language_has_the_same_texts(string file) => Assert.That(Parse(file).Keys, Is.EquivalentTo(_english.Keys));

    [TestCaseSource(nameof(Files))]
    public void Every_language_has_the_same_placeholders(string file) =>
        Assert.That(Parse(file).Where(text => !Placeholders(text.Value).SetEquals(Placeholders(_english[text.Key]))).Select(text => text.Key), Is.Empty);

    [TestCaseSource(nameof(Files))]
    public void No_text_is_empty_or_padded_and_only_mails_are_markup(string file) =>
        Assert.That(Parse(file).Where(text => text.Value.Length == 0 || text.Value.Trim() != text.Value
            || text.Value.Contains('<') && !text.Key.StartsWith(Prefix + "Mail.", StringComparison.Ordinal)).Select(text => text.Key), Is.Empty);

    [Test]
    public void Every_text_that_is_asked_for_exists() => Assert.That(Asked().Except(_english.Keys), Is.Empty);

    [Test]
    public void Every_text_that_exists_is_asked_for() => Assert.That(_english.Keys.Except(Asked()), Is.Empty);

    /// <summary>Texts whose keys are made of parts; <see cref="Families"/> lists what they can become.</summary>
    [Test]
    public void No_other_keys_are_made_of_parts_than_are_known_here()
    {
        Assert.That(CalledWith().SelectMany(call => Interpolated().Matches(call)).Select(match => match.Groups[1].Value).Distinct(), Is.EquivalentTo(new[]
        {
            "Operation.{error}", "Payout.{result.Outcome}", "Surplus.{result.Outcome}", "Report.{name}", "Status.{status}", "Status.{state}", "Invalid.{error}", "UnavailableReason.{quote.UnavailableReason}", "Gateways.{gateway.SystemName}.Coin.{coin.Code}", "Gateways.{gateway.SystemName}.About", "{GatewaySettingsStore.TextKeyOf(gateway, field)}.Hint", "{GatewaySettingsStore.TextKeyOf(gateway, field)}.{option}",
            "Event.Operation.{row.Name}", "Event.Outcome.{outcome}", "Refusal.{(RejectionReason)reason}", "Fault.{(GatewayFault)(current.FaultId ?? 0)}", "Connection.{result.Verdict}", "SelfTest.{result.Verdict}", "Config.StoreUrl.{warning.Problem}"
        }));
        Assert.That(Sources.Code.Values.SelectMany(code => AfterPrefix().Matches(code)).Select(match => match.Groups[1].Value), Is.EquivalentTo(new[] { "Note.{note}", "Alert.{alert}", "Mail.{Text}.Subject", "Mail.{Text}.Body" }));
        Assert.That(Literals().Where(literal => literal.StartsWith(Prefix, StringComparison.Ordinal) && literal.EndsWith('.')).Distinct(), Is.EquivalentTo(new[] { Prefix, Prefix + "Pay.Balance.", Prefix + "Status.", Prefix + "Fact.", Prefix + "Event.", Prefix + "FeePayer." }));
    }

    /// <summary>What the provider reported, value 5, and not what was quoted, value 1.</summary>
    [TestCaseSource(nameof(Files))]
    public void Notes_about_money_that_arrived_tell_what_arrived(string file) =>
        Assert.That(
            from note in new[]
            {
                OrderNoteKind.Paid, OrderNoteKind.PaidAfterQuote, OrderNoteKind.ManuallySettled, OrderNoteKind.Refunded, OrderNoteKind.PriceUnknown, OrderNoteKind.Underpaid, OrderNoteKind.UnderpaidAfterQuote, OrderNoteKind.Overpaid,
                OrderNoteKind.PaidLate, OrderNoteKind.OrderTotalIncreased, OrderNoteKind.PaidTwice, OrderNoteKind.AlreadyPaid, OrderNoteKind.OrderReopened, OrderNoteKind.PaidAfterCancel, OrderNoteKind.Reopened, OrderNoteKind.ReopenedWithoutStock
            }
            let values = Placeholders(Parse(file)[$"{Prefix}Note.{note}"])
            where !values.Contains(5) || values.Contains(1)
            select note, Is.Empty);

    /// <summary>How many values each text is given; all others have none.</summary>
    [Test]
    public void A_text_has_no_placeholder_for_which_there_is_no_value()
    {
        var given = new Dictionary<string, int> { ["Checkout.About"] = 1, ["Method.Description.Coins"] = 1, ["Checkout.Fee"] = 1, ["Operation.Declined"] = 1, ["Payments.Title"] = 1, ["Panel.Open"] = 1, ["Operations.Refund.Amount"] = 1, ["Payout.Open"] = 1, ["Payout.Declined"] = 1, ["Payout.Unknown"] = 1, ["Operation.Unknown"] = 1, ["Checkout.SingleChoice"] = 2, ["Checkout.Total"] = 1, ["Order.AmountDue"] = 2, ["Pay.AtProvider"] = 1, ["Pay.Confirmations"] = 2, ["Pay.ConfirmationsSeen"] = 1, ["Pay.NetworkWarning"] = 2, ["Config.Incomplete"] = 1, ["Config.Minimums"] = 1 };
        foreach (var (key, values) in new[] { ("Checkout.Later", 2), ("Checkout.SingleExact", 2), ("Checkout.SingleLater", 3), ("Checkout.Ways", 1), ("Checkout.More", 1), ("Order.Balance", 1), ("Order.TooMany", 1), ("Pay.ToProvider", 1), ("Pay.QuoteUntil", 1), ("Operations.Surplus.Confirm", 1), ("Operations.Surplus.Open", 1), ("Operations.Surplus.Manual.Why", 1), ("Operations.Surplus.Manual.Confirm", 1), ("Pay.PayUntil", 1), ("Pay.Browser.Pay", 1), ("Pay.Browser.Network", 1), ("Pay.Minutes", 1), ("Receipt.With", 1) })
            given[key] = values;
        foreach (var note in Enum.GetNames<OrderNoteKind>())
            given[$"Note.{note}"] = 12;
        foreach (var (key, values) in new[] { ("Config.Failing", 2), ("Config.Documentation", 1), ("Config.LastAccepted", 1), ("Config.LastRefused", 2), ("Config.OpenRows", 1), ("Config.Task.Fine", 1), ("Config.Task.Late", 2), ("Alerts.Order", 1), ("Event.Customer", 1), ("Uninstall.Open", 1), ("Config.PreviousSecret", 1), ("Config.CoinOnNetwork", 2), ("Order.Choice", 2), ("Invalid.TooLong", 1), ("Invalid.OutOfRange", 1) })
            given[key] = values;
        foreach (var outcome in Enum.GetNames<SurplusOutcome>())
            given[$"Surplus.{outcome}"] = 1;
        foreach (var verdict in Enum.GetNames<ConnectionAnalysis>())
            given[$"Connection.{verdict}"] = 2;
        foreach (var verdict in Enum.GetNames<SelfTestAnalysis>())
            given[$"SelfTest.{verdict}"] = 2;
        foreach (var problem in Enum.GetNames<StoreUrlProblem>())
            given[$"Config.StoreUrl.{problem}"] = 3;
        foreach (var alert in Enum.GetNames<GatewayAlert>())
            given[$"Alert.{alert}"] = 1;
        foreach (var reason in Enum.GetNames<UnavailableReason>())
            given[$"UnavailableReason.{reason}"] = 1;

        Assert.That(
            from text in _english
            let values = given.GetValueOrDefault(text.Key.Replace(Prefix, string.Empty))
            where Placeholders(text.Value).Any(placeholder => placeholder >= values)
            select text.Key, Is.Empty);
    }

    /// <summary>Every key that code, views and enums can ask for.</summary>
    private static HashSet<string> Asked() =>
    [
        CryptoGatewaysDefaults.FriendlyNameText,
        .. Literals().Where(literal => literal.StartsWith(Prefix, StringComparison.Ordinal) && !literal.EndsWith('.')),
        .. Labels().SelectMany(label => new[] { label, label + ".Hint" }),
        .. CalledWith().SelectMany(call => Literal().Matches(Interpolated().Replace(call, string.Empty))).Select(match => Prefix + match.Groups[1].Value),
        .. Families().Select(key => Prefix + key)
    ];

    private static IEnumerable<string> Families() =>
    [
        .. Enum.GetValues<OrderNoteKind>().Where(note => note != OrderNoteKind.None).Select(note => $"Note.{note}"),
        .. Enum.GetNames<UnavailableReason>().Select(reason => $"UnavailableReason.{reason}"),
        .. Enum.GetNames<PaymentState>().SelectMany(state => new[] { $"State.{state}", $"State.{state}.Title" }),
        "State.Expired.NotWatched", "State.Overpaid.Returned", "State.Detected.Short", "State.Confirming.Short",
        .. Enum.GetNames<BalancePaymentMethod>().Select(way => $"Pay.Balance.{way}"),
        .. Enum.GetValues<PaymentState>().Where(state => state != PaymentState.NotStarted).Select(state => $"Status.{state}"),
        .. Enum.GetNames<ConnectionAnalysis>().Select(verdict => $"Connection.{verdict}"),
        .. Enum.GetNames<SelfTestAnalysis>().Select(verdict => $"SelfTest.{verdict}"),
        .. Enum.GetNames<StoreUrlProblem>().Select(problem => $"Config.StoreUrl.{problem}"),
        .. Enum.GetNames<RejectionReason>().Select(reason => $"Refusal.{reason}"),
        .. Enum.GetNames<GatewayAlert>().Select(alert => $"Alert.{alert}"),
        .. Enum.GetValues<GatewayFault>().Where(ProviderRateLimiter.IsOutage).Select(fault => $"Fault.{fault}"),
        .. Enum.GetNames<SettingError>().Select(error => $"Invalid.{error}"),
        .. Enum.GetNames<SurplusOutcome>().Select(outcome => $"Surplus.{outcome}"),
        .. Enum.GetNames<PayoutOutcome>().Select(outcome => $"Payout.{outcome}"),
        .. Enum.GetNames<CryptoPaymentStatus>().Select(status => $"Status.{status}"),
        .. Enum.GetNames<PaymentEventKind>().Select(kind => $"Event.{kind}"),
        .. Enum.GetNames<PaymentEventOutcome>().Select(outcome => $"Event.Outcome.{outcome}"),
        .. new[] { OperationNames.Capture, OperationNames.Void, OperationNames.Refund }.Select(name => $"Event.Operation.{name}"),
        .. FactName().Matches(Sources.Code["Factories/AttemptModelFactory.cs"]).Select(match => $"Fact.{match.Groups[1].Value}"),
        .. typeof(PaymentOutcomes).GetProperties().Concat(typeof(TimesToPaid).GetProperties()).Select(property => property.Name).Except(["EqualityContract"]).Select(name => $"Report.{name}"),
        .. typeof(PaymentRowModel).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => property.Name)
            .Except([nameof(PaymentRowModel.OrderId), nameof(PaymentRowModel.StatusStyle), "EqualityContract"]).Select(name => $"List.{name}"),
        "FeePayer.Shopper", "FeePayer.Store",
        .. Enum.GetNames<OperationError>().Select(error => $"Operation.{error}"),
        "Fields.Enabled", "Fields.Enabled.Hint", "Fields.FeePercent", "Fields.FeePercent.Hint", "Fields.FeeAmount", "Fields.FeeAmount.Hint",
        .. Notification.All.SelectMany(mail => new[] { mail.SubjectText, mail.BodyText }).Select(key => key[Prefix.Length..]),
        .. from gateway in Registered.Gateways
           from field in gateway.Descriptor.Fields
           let key = $"Gateways.{gateway.Descriptor.SystemName}.{field.Name}"
           from end in new[] { "", ".Hint" }.Concat(field.Kind == SettingKind.Choice ? field.Options.Select(option => "." + option) : [])
           select key + end,
        .. Registered.GatewayNames.Select(name => $"Gateways.{name}.About"),
        .. from gateway in Registered.Gateways
           from coin in gateway.Descriptor.Coins
           where coin.IsMethod
           select $"Gateways.{gateway.Descriptor.SystemName}.Coin.{coin.Code}"
    ];

    private static IEnumerable<string> Literals() => Sources.Code.Values.SelectMany(code => Literal().Matches(code)).Select(match => match.Groups[1].Value);

    /// <summary>Labels on models: the platform asks for a label's hint too.</summary>
    private static IEnumerable<string> Labels() => Sources.Code.Values.SelectMany(code => Label().Matches(code)).Select(match => match.Groups[1].Value);

    /// <summary>What is given to the helpers that put the prefix in front, to the end of the line.</summary>
    private static IEnumerable<string> CalledWith() => Sources.Code.Values.SelectMany(code => TextCall().Matches(code)).Select(match => match.Groups[1].Value);

    private static HashSet<int> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    private static IReadOnlyDictionary<string, string> Parse(string file) => Sources.TextsOf(file.Split('.')[1]);

    [GeneratedRegex("""(?<![$])"([A-Za-z][A-Za-z.]*)(?="|\{)""")]
    private static partial Regex Literal();

    [GeneratedRegex("""\$"([^"]*)"(?!")""")]
    private static partial Regex Interpolated();

    [GeneratedRegex("""^\s+\("([A-Za-z]+)", """, RegexOptions.Multiline)]
    private static partial Regex FactName();

    [GeneratedRegex(@"\b(?:TextAsync|texts\.GetAsync|await GetAsync|messages\.(?:Success|Error)Async)\((.*)")]
    private static partial Regex TextCall();

    [GeneratedRegex(@"TextPrefix\}([^""]*)""")]
    private static partial Regex AfterPrefix();

    [GeneratedRegex("""NopResourceDisplayName\("([^"]+)"\)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Placeholder();
}
