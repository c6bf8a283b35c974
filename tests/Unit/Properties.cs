using FsCheck;
using FsCheck.Fluent;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Checks properties with random cases. A failure prints its seed; PROPERTY_TIMES=100 checks a hundred times as many cases.
/// </summary>
public static class Properties
{
    private static readonly int _times = int.TryParse(Environment.GetEnvironmentVariable("PROPERTY_TIMES"), out var times) ? times : 1;

    /// <param name="property">What has to hold.</param>
    /// <param name="cases">How many cases are enough in every run of the tests.</param>
    public static void Holds(this Property property, int cases) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(cases * _times));
}
