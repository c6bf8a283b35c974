using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// One thing that the provider sells. Its API takes no amount: it charges what the thing costs there, so that the owner states
/// which one costs as much as an order.
/// </summary>
/// <param name="Price">What the provider charges for it, in the store's currency; above zero.</param>
/// <param name="Category">PaymentCategory. The provider's pages do not agree on its values, so any name is taken.</param>
/// <param name="GroupId">groupId; null when it is not sent.</param>
/// <param name="MoreLoginCount">moreLoginCount; null when it is not sent.</param>
public sealed partial record CoinPaymentPlan(decimal Price, string Category, int? GroupId, int? MoreLoginCount)
{
    /// <summary>What stands for a number that is not sent.</summary>
    private const string NotSent = "-";

    /// <summary>
    /// The plans of a list with one a line, "price = category, groupId, moreLoginCount", for instance "25 = GROUP, 2, -"; none when a
    /// line has another form or two have the same price, since then it is not certain what is meant.
    /// </summary>
    public static IReadOnlyList<CoinPaymentPlan> ReadAll(string list)
    {
        var lines = list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Form().Match(line)).ToList();
        if (!lines.TrueForAll(line => line.Success))
            return [];

        var plans = lines.ConvertAll(Read);
        return plans.TrueForAll(plan => plan.Price > 0) && plans.DistinctBy(plan => plan.Price).Count() == plans.Count ? plans : [];
    }

    private static CoinPaymentPlan Read(Match line) => new(
        decimal.Parse(line.Groups["price"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), line.Groups["category"].Value,
        NumberIn(line.Groups["group"].Value), NumberIn(line.Groups["logins"].Value));

    private static int? NumberIn(string text) => text == NotSent ? null : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<price>[0-9]{1,10}(\.[0-9]{1,4})?)\s*=\s*(?<category>[A-Z][A-Z0-9_]*)\s*,\s*(?<group>[0-9]{1,9}|-)\s*,\s*(?<logins>[0-9]{1,9}|-)\z")]
    private static partial Regex Form();
}
