using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// One attempt to pay one order through one gateway. All times are UTC.
/// </summary>
public class CryptoPayment : BaseEntity
{
    public int OrderId { get; set; }

    public int StoreId { get; set; }

    /// <summary>1 for the order's first attempt; unique with <see cref="OrderId"/>.</summary>
    public int Attempt { get; set; }

    /// <summary>System name of the gateway, see <see cref="Gateways.GatewayDescriptor.SystemName"/>.</summary>
    public string Gateway { get; set; } = string.Empty;

    /// <summary>Our random reference, sent to the provider; unique.</summary>
    public string Reference { get; set; } = string.Empty;

    /// <summary>The provider's id, or "~" + <see cref="Reference"/> until it is known; unique with <see cref="Gateway"/>.</summary>
    public string ExternalId { get; set; } = string.Empty;

    /// <summary>The provider's id; null until it is known.</summary>
    public string? KnownExternalId => ExternalId.StartsWith('~') ? null : ExternalId;

    /// <summary>The provider's page for the shopper; null when it was never received.</summary>
    public string? CheckoutUrl { get; set; }

    public string? Address { get; set; }

    /// <summary>Memo or destination tag that belongs to <see cref="Address"/>.</summary>
    public string? AddressTag { get; set; }

    public string? Network { get; set; }

    /// <summary>What the order owes, in <see cref="PriceCurrency"/> (the primary store currency when the attempt was made).</summary>
    public decimal PriceAmount { get; set; }

    /// <summary>ISO 4217 code.</summary>
    public string PriceCurrency { get; set; } = string.Empty;

    /// <summary>Code of the coin (or other method) that the shopper chose.</summary>
    public string Coin { get; set; } = string.Empty;

    /// <summary>What was quoted to the provider, in <see cref="PayCurrency"/> as the gateway counts it.</summary>
    public decimal PayAmount { get; set; }

    /// <summary>Code of the coin, or ISO 4217 code where the gateway counts in the store's currency.</summary>
    public string PayCurrency { get; set; } = string.Empty;

    /// <summary>
    /// What <see cref="PayAmount"/> counts where the gateway names money by the coin's code (ISO 4217); null where it counts what
    /// <see cref="PayCurrency"/> says.
    /// </summary>
    public string? AmountUnit { get; set; }

    /// <summary>What a wallet has to send to <see cref="Address"/>, in units of <see cref="Coin"/>; null on a provider's page.</summary>
    public decimal? DueAmount { get; set; }

    /// <summary>
    /// When the quoted price stops being honoured, UTC; null where the price cannot move (pegged coins) or the provider bears the rate.
    /// Coins that arrive later are valued at the price of their arrival.
    /// </summary>
    public DateTime? QuoteExpiresOnUtc { get; set; }

    /// <summary>
    /// What arrived, in <see cref="ReceivedCurrency"/>; null while nothing did. While the attempt is confirmed it is the part that came
    /// where the same address still takes the rest.
    /// </summary>
    public decimal? ReceivedAmount { get; set; }

    /// <summary>The unit of <see cref="ReceivedAmount"/>: the coin where the provider counts coins; null means that of <see cref="Asked"/>.</summary>
    public string? ReceivedCurrency { get; set; }

    /// <summary>What the provider asks for in all, in <see cref="ReceivedCurrency"/>; null means <see cref="PayAmount"/>.</summary>
    public decimal? ExpectedAmount { get; set; }

    /// <summary>When funds were first seen, by the provider's record where it keeps one, UTC; null while nothing arrived.</summary>
    public DateTime? FundsSeenOnUtc { get; set; }

    /// <summary>Funds were first seen after the quote or the payment had expired. Set once, with <see cref="FundsSeenOnUtc"/>.</summary>
    public bool IsLate { get; set; }

    /// <summary>How much of what arrived came after <see cref="QuoteExpiresOnUtc"/>, in the unit of <see cref="ReceivedAmount"/>.</summary>
    public decimal? LateAmount { get; set; }

    /// <summary>
    /// What <see cref="LateAmount"/> was worth when it arrived, in <see cref="PriceCurrency"/>; null when no fresh price was known then.
    /// </summary>
    public decimal? LateValue { get; set; }

    /// <summary>What arrived beyond what the order owed when it was paid, in the unit of <see cref="ReceivedAmount"/>; null for nothing.</summary>
    public decimal? SurplusAmount { get; set; }

    /// <summary>What the provider has sent back in all, in <see cref="PayCurrency"/>; null when it does not tell.</summary>
    public decimal? RefundedAmount { get; set; }

    /// <summary>By the provider's last answer the money is only reserved on a card.</summary>
    public bool IsReserved { get; set; }

    /// <summary>When the surplus was sent back, or a person recorded that it was, UTC; null while it was not.</summary>
    public DateTime? SurplusReturnedOnUtc { get; set; }

    /// <summary>A part of <see cref="Expected"/> arrived, and the same address still takes the rest.</summary>
    public bool AcceptsBalance { get; set; }

    /// <summary>What the provider credits after its fee, in <see cref="NetCurrency"/>; null while it did not tell.</summary>
    public decimal? NetAmount { get; set; }

    public string? NetCurrency { get; set; }

    /// <summary>Transaction ids on the chain, separated by line feeds.</summary>
    public string? TransactionIds { get; set; }

    public int? ConfirmationsSeen { get; set; }

    public int? ConfirmationsNeeded { get; set; }

    /// <summary>Stored form of <see cref="Status"/>.</summary>
    public int StatusId { get; set; }

    /// <summary>The provider's own word for the status, as last fetched.</summary>
    public string? ProviderStatus { get; set; }

    public DateTime CreatedOnUtc { get; set; }

    /// <summary>When the shopper last chose it: later than <see cref="CreatedOnUtc"/> where they came back to it after another attempt.</summary>
    public DateTime ChosenOnUtc { get; set; }

    public DateTime UpdatedOnUtc { get; set; }

    /// <summary>When the provider stops accepting money for it; null when the provider names no time.</summary>
    public DateTime? ExpiresOnUtc { get; set; }

    /// <summary>When the schedule task looks again; null when it never has to.</summary>
    public DateTime? NextCheckOnUtc { get; set; }

    /// <summary>When money came, also a part of it.</summary>
    public DateTime? PaidOnUtc { get; set; }

    /// <summary>Seconds between creation and payment; null while only a part came.</summary>
    public int? SecondsToPaid { get; set; }

    /// <summary>An administrator settled the payment; from then on only a refund at the provider changes it.</summary>
    public bool IsSettledManually { get; set; }

    /// <summary>How often the provider was asked about it.</summary>
    public int Checks { get; set; }

    /// <summary>Checks in a row that got no usable answer.</summary>
    public int FailedChecks { get; set; }

    /// <summary>Id of the newest webhook that a check has looked at, whether or not the provider answered then; 0 for none.</summary>
    public int CheckedWebhookId { get; set; }

    /// <summary>Incremented by every write; a writer that read another version does not write.</summary>
    public int RowVersion { get; set; }

    /// <summary>Makes the pay page's token; a new value revokes the old token.</summary>
    public string TokenNonce { get; set; } = string.Empty;

    /// <summary>The fault of the create call and its message, for the owner; null when there was none.</summary>
    public string? FailureReason { get; set; }

    /// <summary>The provider's last answer about it, see <see cref="Gateways.ProviderPayment.Answer"/>; a long one is cut.</summary>
    public string? ProviderAnswer { get; set; }

    /// <summary>What arrived; null while nothing did.</summary>
    public Money? Received => ReceivedAmount is { } amount ? new Money(amount, Expected.Currency) : null;

    /// <summary>What arrived by the quoted price, in <see cref="PriceCurrency"/>; null while nothing did.</summary>
    public Fraction? ValueAtQuote => ReceivedAmount is { } received ? (Fraction)PriceAmount * received / Expected.Amount : null;

    /// <summary>What arrived beyond what the order owed; null for nothing.</summary>
    public Money? Surplus => SurplusAmount is { } amount ? new Money(amount, Expected.Currency) : null;

    /// <summary>The same by the quoted price, in <see cref="PriceCurrency"/>.</summary>
    public Fraction? SurplusAtQuote => SurplusAmount is { } surplus ? (Fraction)PriceAmount * surplus / Expected.Amount : null;

    /// <summary>What arrived without a surplus that was sent back; null while nothing did.</summary>
    public Money? Kept => Received is { } received && SurplusReturnedOnUtc is not null ? received with { Amount = received.Amount - (SurplusAmount ?? 0m) } : Received;

    /// <summary>What is to arrive in all, in the unit of <see cref="Received"/>.</summary>
    public Money Expected => new(ExpectedAmount ?? PayAmount, ReceivedCurrency ?? Asked.Currency);

    /// <summary>What was quoted, as people are told it.</summary>
    public Money Asked => new(PayAmount, AmountUnit ?? PayCurrency);

    /// <summary>What the provider credits after its fee, as people are told it; null while it did not tell.</summary>
    public Money? Net => NetAmount is { } amount ? new Money(amount, NetCurrency == PayCurrency ? Asked.Currency : NetCurrency ?? string.Empty) : null;

    /// <summary>What was quoted to the provider, as it names it.</summary>
    public Money Quoted => new(PayAmount, PayCurrency);

    /// <summary>What a wallet has to send; null on a provider's page.</summary>
    public Money? Due => DueAmount is { } amount ? new Money(amount, Coin) : null;

    /// <summary>Coin and gateway as a form sends them, see <see cref="PaymentOption.Choice"/>.</summary>
    public string Choice => $"{Gateway}:{Coin}";

    /// <summary>The shopper has a page to pay on: the store's own, or the provider's.</summary>
    public bool HasPage => Address is not null || CheckoutUrl is not null;

    /// <summary>The shopper chose it after the other attempt of the same order.</summary>
    public bool IsNewerThan(CryptoPayment other) => (ChosenOnUtc, Attempt).CompareTo((other.ChosenOnUtc, other.Attempt)) > 0;

    /// <summary>The provider gave an address that is not one of the coin's network: the attempt gets no page, and stays watched.</summary>
    public bool IsOnHold => FailureReason?.StartsWith($"{nameof(GatewayFault.BadAddress)}: ", StringComparison.Ordinal) == true;

    public CryptoPaymentStatus Status
    {
        get => (CryptoPaymentStatus)StatusId;
        set => StatusId = (int)value;
    }
}
