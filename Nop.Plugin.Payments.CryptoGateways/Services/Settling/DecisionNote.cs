namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What an order note tells. Its text is Plugins.Payments.CryptoGateways.Note.{name}.
/// </summary>
public enum DecisionNote
{
    None,
    Paid,

    /// <summary>Coins that came after the quote had expired pay the order at the price of their arrival.</summary>
    PaidAfterQuote,

    /// <summary>An administrator settled the payment without the provider's word.</summary>
    SettledByHand,

    /// <summary>Money is reserved on a card and has to be captured.</summary>
    Authorized,

    /// <summary>Money is reserved on a card, and the order cannot use it: it is paid, cancelled, or costs more today.</summary>
    AuthorizedInVain,

    /// <summary>The provider sent money back.</summary>
    Refunded,

    /// <summary>The order counts on reserved money that the provider has let go.</summary>
    ReservationGone,

    /// <summary>A signed message says that money arrived, but the provider cannot be asked.</summary>
    Unverified,
    Failed,
    Canceled,

    /// <summary>The provider ended the payment; it is checked for late funds until the watch ends.</summary>
    Expired,

    /// <summary>Nothing arrived while the attempt was watched.</summary>
    WatchEnded,
    Appeal,

    /// <summary>Less arrived than the owner tolerates.</summary>
    Underpaid,

    /// <summary>Coins came after the quote had expired and are worth less than the order owes.</summary>
    UnderpaidAfterQuote,

    /// <summary>Coins came after the quote had expired, and no fresh price of that moment is known.</summary>
    PriceUnknown,

    /// <summary>More arrived than the order owes; the order is paid.</summary>
    Overpaid,

    /// <summary>More arrived for a payment that had been settled already.</summary>
    MoreArrived,

    /// <summary>The provider takes back that a payment was made.</summary>
    Reversed,

    /// <summary>The provider sent the surplus back on an administrator's order; the order stays paid.</summary>
    SurplusRefunded,

    /// <summary>An administrator recorded that the surplus was sent back outside the plugin.</summary>
    SurplusReturned,

    /// <summary>Money arrived after the attempt expired, and the owner wants to decide.</summary>
    PaidLate,

    /// <summary>Nobody paid in time; the order was cancelled.</summary>
    OrderCancelled,

    /// <summary>The provider states another amount, currency or id than was quoted.</summary>
    Contradiction,

    /// <summary>The provider gave a new payment the id of another one: it cannot be told apart, and is given up.</summary>
    IdClash,

    /// <summary>The provider never got the create call.</summary>
    NeverCreated,

    /// <summary>The order's total was raised after the quote.</summary>
    OrderGrew,

    /// <summary>Two attempts of one order were both paid.</summary>
    PaidTwice,

    /// <summary>The order had been paid in another way.</summary>
    AlreadyPaid,

    /// <summary>The order was paid by this attempt and somebody opened it again: it is not paid a second time.</summary>
    OrderReopened,

    /// <summary>The order is cancelled or deleted.</summary>
    PaidAfterCancel,

    /// <summary>The order was cancelled and is opened again, its stock taken.</summary>
    Revived,

    /// <summary>The same, but the store was stopped while the stock was taken.</summary>
    RevivedWithoutStock,

    /// <summary>The order is saved as paid but the platform was stopped before it announced it.</summary>
    PaidEventMissing
}
