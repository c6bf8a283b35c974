using System.Text.RegularExpressions;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// docs/threat-model.md names a test for each attack; a test that is renamed or removed must not leave its name there.
/// </summary>
public sealed partial class ThreatModelTests
{
    [Test]
    public void Every_test_that_the_threat_model_names_exists()
    {
        var tests = Sources.Tests.Values.SelectMany(TestsIn).ToHashSet();
        var named = Named().Matches(Sources.ThreatModel).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.That(named, Has.Count.GreaterThan(30));
        Assert.That(named.Where(name => !tests.Contains(name)), Is.Empty);
    }

    [Test]
    public void Every_attack_names_a_test()
    {
        var rows = Sources.ThreatModel[Sources.ThreatModel.IndexOf("## Attacks", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Attack |", StringComparison.Ordinal)).ToList();

        Assert.That(rows, Has.Count.GreaterThan(20));
        Assert.That(rows.Where(row => !Named().IsMatch(row)), Is.Empty);
    }

    /// <summary>A fixture's tests as Fixture.Test, whichever of its files they are in.</summary>
    private static IEnumerable<string> TestsIn(string code) => Fixture().Match(code) is { Success: true } fixture
        ? Test().Matches(code).Select(test => $"{fixture.Groups[1].Value}.{test.Groups[1].Value}")
        : [];

    [GeneratedRegex(@"`(\w+\.[A-Z]\w*_\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex Fixture();

    [GeneratedRegex(@"\[(?:Test\b|TestCase|TestCaseSource)[^;{]*?public (?:async Task|Task|void) (\w+)\(", RegexOptions.Singleline)]
    private static partial Regex Test();
}
