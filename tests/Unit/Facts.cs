using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// How what is stated about a payment relates to what was quoted.
/// </summary>
public enum Relation
{
    Equal,
    ShortByACent,
    OverByACent,
    FeeOnTop,
    MoreThanTheFeeOnTop,
    OtherCurrency,
    OtherId,
    OtherReference
}

/// <summary>
/// Facts to decide on: by default a fresh attempt at 100 USDT whose provider answers as quoted.
/// </summary>
public static class Facts
{
    public static readonly TimeSpan Watch = TimeSpan.FromDays(14);

    public static readonly DateTime Now = new(2026, 2, 6, 10, 30, 0, DateTimeKind.Utc);

    private static readonly Money _quoted = new(100m, "USDT");

    /// <summary>What the provider may charge on top of the quoted amount, where it charges the shopper.</summary>
    private const decimal Fee = 1m;

    public static readonly PaymentFacts Waiting = new()
    {
        Status = CryptoPaymentStatus.AwaitingPayment,
        Quoted = _quoted,
        PriceAmount = 92m,
        Reference = "ref",
        ExternalId = "id",
        Age = TimeSpan.FromMinutes(5),
        Watch = Watch,
        Lookup = Lookup.Found,
        Provider = Answer(ProviderStatus.Waiting),
        Order = OrderState.Open,
        OrderTotal = 92m,
        PaidMarker = PaidMarker.None
    };

    /// <summary>The provider has the money, and all is as it was quoted.</summary>
    public static readonly PaymentFacts Completed = Waiting with { Provider = Answer(ProviderStatus.Completed) };

    public static readonly PaymentFacts NotFound = Waiting with { Lookup = Lookup.NotFound, Provider = null };

    public static readonly PaymentFacts NoAnswer = Waiting with { Lookup = Lookup.Failed, Provider = null };

    public static ProviderPayment Answer(ProviderStatus status, Relation relation = Relation.Equal) => new()
    {
        Status = status,
        StatusText = status.ToString(),
        Reference = relation == Relation.OtherReference ? "other" : "ref",
        ExternalId = relation == Relation.OtherId ? "other" : "id",
        Amount = AmountOf(relation),
        FeeAllowance = relation is Relation.FeeOnTop or Relation.MoreThanTheFeeOnTop ? Fee : 0m
    };

    /// <summary>The same said by a webhook.</summary>
    public static Statement Statement(Relation relation) => new(AmountOf(relation), relation == Relation.OtherId ? "other" : "id");

    public static bool IsContradiction(Relation relation) => relation is not (Relation.Equal or Relation.FeeOnTop);

    private static Money AmountOf(Relation relation) => relation switch
    {
        Relation.ShortByACent => _quoted with { Amount = 99.99m },
        Relation.OverByACent => _quoted with { Amount = 100.01m },
        Relation.FeeOnTop => _quoted with { Amount = 100m + Fee },
        Relation.MoreThanTheFeeOnTop => _quoted with { Amount = 100.01m + Fee },
        Relation.OtherCurrency => _quoted with { Currency = "USDC" },
        _ => _quoted
    };
}
