namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// One way to pay, as it is shown.
/// </summary>
/// <param name="Choice">Value of the form field.</param>
/// <param name="Symbol">The letters that shoppers know the coin by; null for what is not one coin.</param>
/// <param name="CoinName">Name of the coin.</param>
/// <param name="GatewayName">Name of the provider.</param>
/// <param name="IsSelected">Chosen unless the shopper chooses another.</param>
public sealed record PaymentOptionModel(string Choice, string? Symbol, string CoinName, string GatewayName, bool IsSelected)
{
    /// <summary>What will be asked for, in the shopper's language: an estimate in coins, or money that is turned into coins later.</summary>
    public required string Amount { get; init; }

    /// <summary>The same as a sentence, for a single way to pay.</summary>
    public required string Sentence { get; init; }

    /// <summary>The network to send on; null when the coin has only its own, or is none.</summary>
    public string? Network { get; init; }

    /// <summary>The store's fee for this way, as the shopper is shown prices; null when there is none.</summary>
    public string? Fee { get; init; }

    /// <summary>Name of the coin's picture.</summary>
    public required string Icon { get; init; }

    /// <summary>Where the picture lies, from the store's root.</summary>
    public string IconUrl => $"~/Plugins/{CryptoGatewaysDefaults.SystemName}/Content/coins/{Icon}.svg";
}

/// <summary>
/// The ways to pay one coin, or a single way.
/// </summary>
public sealed record PaymentOptionGroupModel(IReadOnlyList<PaymentOptionModel> PaymentOptions)
{
    /// <summary>Stands for the group: all are of one coin.</summary>
    public PaymentOptionModel First => PaymentOptions[0];

    public bool HasSelected => PaymentOptions.Any(option => option.IsSelected);
}

/// <summary>
/// All ways to pay. Few stand one by one; many are grouped by coin, and of many coins the last are folded away, so that a phone's
/// screen shows what there is.
/// </summary>
public sealed record PaymentOptionListModel(IReadOnlyList<PaymentOptionGroupModel> Shown, IReadOnlyList<PaymentOptionGroupModel> More)
{
    /// <summary>The most that are not grouped.</summary>
    private const int Few = 6;

    /// <summary>The most coins of which none is folded away.</summary>
    private const int FewCoins = 8;

    public static readonly PaymentOptionListModel None = new([], []);

    public IEnumerable<PaymentOptionModel> All => Shown.Concat(More).SelectMany(group => group.PaymentOptions);

    /// <summary>Nothing has to be asked; null unless there is just one way.</summary>
    public PaymentOptionModel? Single => All.Count() == 1 ? All.First() : null;

    /// <summary>How many are folded away.</summary>
    public int MoreCount => More.Sum(group => group.PaymentOptions.Count);

    /// <summary>What is chosen is never folded away.</summary>
    public bool IsMoreOpen => More.Any(group => group.HasSelected);

    public static PaymentOptionListModel Of(IReadOnlyList<PaymentOptionModel> options)
    {
        var groups = options.Count <= Few
            ? options.Select(option => new PaymentOptionGroupModel([option])).ToList()
            : options.GroupBy(option => option.Symbol ?? option.Choice).Select(group => new PaymentOptionGroupModel([.. group])).ToList();
        var shown = groups.Count <= FewCoins ? groups.Count : Few;
        return new PaymentOptionListModel(groups[..shown], groups[shown..]);
    }
}
