using System.Globalization;
using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Every number and time in every contract is parsed strictly. Reflection finds the properties, so new contracts are covered automatically.
/// </summary>
public sealed class StrictReadingTests
{
    /// <summary>Values that are valid JSON but not amounts.</summary>
    private static readonly string[] _noNumbers =
    [
        "\"0,00019532\"", "\"1,234.56\"", "\"1.234,56\"", "\"1 234\"", "\"1_000\"", "\"1'000\"", "\"1e2\"", "\"1E-2\"", "\"+1\"", "\"-1\"", "\"-0.5\"", "\"(1)\"",
        "\" 1\"", "\"1 \"", "\"1\\n\"", "\"1\\u0000\"", "\"1\\u00a0\"", "\"1USD\"", "\"$1\"", "\"1x\"", "\"1.\"", "\".5\"", "\"1.2.3\"", "\"01\"", "\"0x10\"", "\"NaN\"",
        "\"Infinity\"", "\"-Infinity\"", "\"\\u221e\"", "\"\\u0661\"", "\"\\uff11\"", "\" \"", "\"one\"", "\"true\"", "-1", "-0.00000001", "1e400", "true", "{}", "[]", "[1]"
    ];

    /// <summary>Numbers that are not JSON but accepted by lenient parsers: some read 010 as 8.</summary>
    private static readonly string[] _noJson = ["NaN", "Infinity", "-Infinity", "0x10", "010", "+1", ".5", "1.", "1_000", "1,5", "'1'", "undefined", "1 /* one */", "Number(1)"];

    private static readonly string[] _noTimes =
    [
        "\"2026-11-21T09:00:00\"", "\"2026-11-21 09:00:00+00:00\"", "\"2026-11-21\"", "\"21.11.2026 09:00\"", "\"11/21/2026 09:00:00\"", "\"Sat, 21 Nov 2026 09:00:00 GMT\"",
        "\"2026-11-21T09:00:00 Z\"", "\" 2026-11-21T09:00:00Z\"", "\"2026-11-21T09:00:00Z \"", "\"2026-11-21T09:00:00Z\\u0000\"", "\"2026-13-01T00:00:00Z\"",
        "\"2026-02-30T00:00:00Z\"", "\"2026-11-21T25:00:00Z\"", "\"2026-11-21T09:00:00+25:00\"", "\"2026-11-21T09:00:00UTC\"", "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\"", "\"\\u0662026-11-21T09:00:00Z\"", "\"20261121T090000Z\"", "\"2026-W47-6T09:00:00Z\"", "\"tomorrow\"", "\" \"",
        "true", "{}", "[]", "1e400", "-1"
    ];

    public static IEnumerable<TestCaseData> NumberCases => Numbers.Select(Case);

    public static IEnumerable<TestCaseData> TimeCases => Times.Select(Case);

    private static IEnumerable<PropertyInfo> Numbers => Properties.Where(property =>
        TypeOf(property) is var type && (type == typeof(decimal) || type == typeof(int) || type == typeof(long)));

    private static IEnumerable<PropertyInfo> Times => Properties.Where(property => TypeOf(property) == typeof(ProviderTime));

    [TestCaseSource(nameof(NumberCases))]
    public void A_number_of_another_form_is_a_bad_answer(PropertyInfo property)
    {
        Assert.That(_noNumbers.Where(value => Reads(property, value)), Is.Empty);
        Assert.That(_noJson.Where(value => Reads(property, value)), Is.Empty, "no JSON");
    }

    [TestCaseSource(nameof(NumberCases))]
    public void A_whole_number_is_read_from_a_number_and_from_its_text(PropertyInfo property)
    {
        foreach (var (value, number) in new[] { ("0", 0m), ("12", 12m), ("\"12\"", 12m), ("12.0", 12m), ("1.2e1", 12m), ("\"12.00\"", 12m) })
            Assert.That(Convert.ToDecimal(Read(property, value), CultureInfo.InvariantCulture), Is.EqualTo(number), value);
        foreach (var absent in new[] { "null", "\"\"" })
            Assert.That(Read(property, absent), Is.Null.Or.EqualTo(0), absent);
    }

    [TestCaseSource(nameof(NumberCases))]
    public void A_fraction_is_kept_to_its_last_digit_or_refused_where_only_whole_numbers_are_meant(PropertyInfo property)
    {
        foreach (var value in new[] { "0.123456789012345678", "\"0.123456789012345678\"" })
        {
            if (TypeOf(property) == typeof(decimal))
                Assert.That(Read(property, value), Is.EqualTo(0.123456789012345678m));
            else
                Assert.That(Reads(property, value), Is.False);
        }
        if (TypeOf(property) != typeof(decimal))
            Assert.That(Reads(property, "99999999999999999999"), Is.False, "too large");
    }

    [TestCaseSource(nameof(TimeCases))]
    public void A_time_of_another_form_is_a_bad_answer(PropertyInfo property) =>
        Assert.That(_noTimes.Append(IsUnix(property) ? "\"2026-11-21T09:00:00Z\"" : "1795251600").Where(value => Reads(property, value)), Is.Empty);

    [TestCaseSource(nameof(TimeCases))]
    [SetCulture("th-TH")]
    public void A_time_is_read_with_its_offset(PropertyInfo property)
    {
        var documented = IsUnix(property)
            ? new[] { "1795251600", "\"1795251600\"" }
            : ["\"2026-11-21T09:00:00Z\"", "\"2026-11-21T09:00:00+00:00\"", "\"2026-11-21T10:30:00+01:30\"", "\"2026-11-21T09:00:00.000Z\"", "\"2026-11-21T04:00:00-0500\""];
        foreach (var value in documented)
            Assert.That(Read(property, value), Is.EqualTo(new ProviderTime(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero), TimeSpan.Zero)), value);
        foreach (var absent in new[] { "null", "\"\"" })
            Assert.That(Read(property, absent), Is.Null, absent);
    }

    [Test]
    public void A_unix_time_in_milliseconds_is_a_bad_answer() =>
        Assert.That(Times.Where(IsUnix).Where(property => Reads(property, "1795251600000")), Is.Empty);

    [Test]
    public void There_are_contracts_with_numbers_and_with_times_of_both_kinds() =>
        Assert.That(new[] { Numbers.Count(), Times.Count(IsUnix), Times.Count(property => !IsUnix(property)) }, Has.All.GreaterThan(0));

    /// <summary>A property named like a time or amount has such a type; properties that are only stored are tokens.</summary>
    [Test]
    public void No_contract_leaves_a_number_or_a_time_to_a_lenient_reader()
    {
        Assert.That(Properties.Where(property => TypeOf(property) is var type
            && (type == typeof(double) || type == typeof(float) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly))), Is.Empty);
        Assert.That(Properties.Where(property => TypeOf(property) == typeof(string) && !IsRequest(property) && (WireNameOf(property) is var name)
            && (name.EndsWith("_at", StringComparison.Ordinal) || name.Contains("time") || name.Contains("amount") || name.Contains("confirm"))), Is.Empty);
    }

    [TestCase("""{"amount":"1","amount":"1000"}""")]
    [TestCase("""{"a":[{"b":1,"b":2}]}""")]
    public void An_object_that_says_the_same_thing_twice_is_a_bad_answer(string json) =>
        Assert.That(() => GatewayJson.Read<JObject>(json), Throws.TypeOf<FormatException>());

    [Test]
    public void A_comma_at_the_end_is_no_fault() =>
        Assert.That(GatewayJson.Read<JObject>("""{"created_at":"2021-05-14T17:37:18+00:00",}"""), Has.Count.EqualTo(1), "a documented answer has one");

    private static IEnumerable<PropertyInfo> Properties =>
        from type in typeof(GatewayJson).Assembly.GetTypes()
        where !type.ContainsGenericParameters && type.Namespace?.StartsWith(typeof(GatewayJson).Namespace!, StringComparison.Ordinal) == true
        from property in type.GetProperties()
        where property.GetCustomAttribute<JsonPropertyAttribute>() is not null
        select property;

    private static TestCaseData Case(PropertyInfo property) => new TestCaseData(property).SetArgDisplayNames($"{property.DeclaringType!.Name}.{property.Name}");

    private static bool IsRequest(PropertyInfo property) => property.DeclaringType!.Name.Contains("Request") || property.DeclaringType.Name.Contains("CreateBy");

    private static bool IsUnix(PropertyInfo property) => property.GetCustomAttribute<JsonConverterAttribute>() is not null;

    private static Type TypeOf(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    private static string WireNameOf(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyAttribute>()!.PropertyName!;

    private static bool Reads(PropertyInfo property, string value)
    {
        try
        {
            Read(property, value);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static object? Read(PropertyInfo property, string value)
    {
        try
        {
            var read = typeof(GatewayJson).GetMethod(nameof(GatewayJson.Read), [typeof(string), typeof(TimeSpan)])!.MakeGenericMethod(property.DeclaringType!);
            return property.GetValue(read.Invoke(null, [$"{{\"{WireNameOf(property)}\":{value}}}", TimeSpan.Zero]));
        }
        catch (TargetInvocationException exception)
        {
            throw exception.InnerException!;
        }
    }
}
