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

    /// <summary>The plugin's random reference, sent to the provider. Unique.</summary>
    public string Reference { get; set; } = string.Empty;

    /// <summary>The provider's id, or "~" + <see cref="Reference"/> until it is known; unique with <see cref="Gateway"/>.</summary>
    public string ExternalId { get; set; } = string.Empty;

    /// <summary>The provider's id; null until it is known.</summary>
    public string? KnownExternalId => ExternalId.StartsWith('~') ? null : ExternalId;

    /// <summary>The provider's checkout page; null when the provider returned none.</summary>
    public string? CheckoutUrl { get; set; }

    public string? Address { get; set; }

    /// <summary>Memo or destination tag that belongs to <see cref="Address"/>.</summary>
    public string? AddressTag { get; set; }

    public string? Network { get; set; }

    /// <summary>The amount due when the attempt was created, in <see cref="PriceCurrency"/> (the primary store currency at that time).</summary>
    public decimal PriceAmount { get; set; }

    /// <summary>ISO 4217 code.</summary>
    public string PriceCurrency { get; set; } = string.Empty;

    /// <summary>Code of the coin (or other payment method) that the shopper chose.</summary>
    public string Coin { get; set; } = string.Empty;

    /// <summary>The quoted amount, in <see cref="PayCurrency"/>.</summary>
    public decimal PayAmount { get; set; }

    /// <summary>Code of the coin, or an ISO 4217 code for gateways that use the store's currency.</summary>
    public string PayCurrency { get; set; } = string.Empty;

    /// <summary>
    /// The ISO 4217 code of the currency of <see cref="PayAmount"/>, if the gateway states an amount in that currency under the code of the
    /// coin; otherwise null, and <see cref="PayCurrency"/> is the unit.
    /// </summary>
    public string? AmountUnit { get; set; }

    /// <summary>The amount to send to <see cref="Address"/>, in units of <see cref="Coin"/>; null when the shopper pays on the provider's page.</summary>
    public decimal? DueAmount { get; set; }

    /// <summary>
    /// When the quoted price expires, UTC; null for pegged coins and when the provider bears the exchange rate risk.
    /// Funds that arrive later count at their price on arrival.
    /// </summary>
    public DateTime? QuoteExpiresOnUtc { get; set; }

    /// <summary>
    /// The amount received, in <see cref="ReceivedCurrency"/>; null while nothing was received. While the attempt is confirming, it is the partial
    /// payment to an address that still accepts the outstanding balance.
    /// </summary>
    public decimal? ReceivedAmount { get; set; }

    /// <summary>The unit of <see cref="ReceivedAmount"/>: the coin when the provider counts coins; null for the unit of <see cref="QuotedForDisplay"/>.</summary>
    public string? ReceivedCurrency { get; set; }

    /// <summary>The total that the provider expects, in <see cref="ReceivedCurrency"/>; null for <see cref="PayAmount"/>.</summary>
    public decimal? ExpectedAmount { get; set; }

    /// <summary>When funds were first seen, UTC, by the provider's record if it keeps one; null while nothing was received.</summary>
    public DateTime? FundsSeenOnUtc { get; set; }

    /// <summary>Funds were first seen after the quote or the payment had expired. Set once, with <see cref="FundsSeenOnUtc"/>.</summary>
    public bool IsLate { get; set; }

    /// <summary>The part of <see cref="ReceivedAmount"/> that arrived after <see cref="QuoteExpiresOnUtc"/>, in the same unit.</summary>
    public decimal? LateAmount { get; set; }

    /// <summary>
    /// The value of <see cref="LateAmount"/> on arrival, in <see cref="PriceCurrency"/>; null when no fresh price was known then.
    /// </summary>
    public decimal? LateValue { get; set; }

    /// <summary>The surplus over the amount due when the order was paid, in the unit of <see cref="ReceivedAmount"/>; null for none.</summary>
    public decimal? SurplusAmount { get; set; }

    /// <summary>The total that the provider refunded, in <see cref="PayCurrency"/>; null when the provider does not report it.</summary>
    public decimal? RefundedAmount { get; set; }

    /// <summary>True when the funds are authorized on a card but not captured, by the provider's last response.</summary>
    public bool IsReserved { get; set; }

    /// <summary>When the surplus was refunded, or an administrator recorded the refund, UTC; null before.</summary>
    public DateTime? SurplusReturnedOnUtc { get; set; }

    /// <summary>True after a partial payment to an address that still accepts the outstanding balance.</summary>
    public bool AcceptsBalance { get; set; }

    /// <summary>The outstanding balance as stated by the provider, in units of <see cref="Coin"/>; null when it is calculated from the received share.</summary>
    public decimal? BalanceAmount { get; set; }

    /// <summary>The amount that the provider credits after its fee, in <see cref="NetCurrency"/>; null while unknown.</summary>
    public decimal? NetAmount { get; set; }

    public string? NetCurrency { get; set; }

    /// <summary>Blockchain transaction ids, separated by line feeds.</summary>
    public string? TransactionIds { get; set; }

    public int? ConfirmationsSeen { get; set; }

    public int? ConfirmationsNeeded { get; set; }

    /// <summary>Stored form of <see cref="Status"/>.</summary>
    public int StatusId { get; set; }

    /// <summary>The provider's own name of the status, as last fetched.</summary>
    public string? ProviderStatus { get; set; }

    public DateTime CreatedOnUtc { get; set; }

    /// <summary>When the shopper last chose the attempt: later than <see cref="CreatedOnUtc"/> after a return from another attempt.</summary>
    public DateTime ChosenOnUtc { get; set; }

    public DateTime UpdatedOnUtc { get; set; }

    /// <summary>When the provider stops accepting funds; null when the provider names no time.</summary>
    public DateTime? ExpiresOnUtc { get; set; }

    /// <summary>When the schedule task checks the payment again; null for never.</summary>
    public DateTime? NextCheckOnUtc { get; set; }

    /// <summary>When funds were received, in full or in part.</summary>
    public DateTime? PaidOnUtc { get; set; }

    /// <summary>Seconds from creation to full payment; null while the payment is partial.</summary>
    public int? SecondsToPaid { get; set; }

    /// <summary>True when an administrator settled the payment. From then on, only a refund at the provider changes it.</summary>
    public bool IsSettledManually { get; set; }

    /// <summary>The number of status checks.</summary>
    public int Checks { get; set; }

    /// <summary>The number of consecutive failed checks.</summary>
    public int FailedChecks { get; set; }

    /// <summary>Id of the newest webhook that a check has considered, even if the provider gave no answer; 0 for none.</summary>
    public int CheckedWebhookId { get; set; }

    /// <summary>Incremented by every write, which fails if the row was read with another version.</summary>
    public int RowVersion { get; set; }

    /// <summary>Input of the payment page's token. A new value revokes the old token.</summary>
    public string TokenNonce { get; set; } = string.Empty;

    /// <summary>Error code and message of the create call, for the store owner; null when it succeeded.</summary>
    public string? FailureReason { get; set; }

    /// <summary>The provider's last response, see <see cref="Gateways.ProviderPayment.Answer"/>; truncated when long.</summary>
    public string? ProviderAnswer { get; set; }

    /// <summary>The amount received; null while nothing was received.</summary>
    public Money? Received => ReceivedAmount is { } amount ? new Money(amount, Expected.Currency) : null;

    /// <summary>The value received at the quoted price, in <see cref="PriceCurrency"/>; null while nothing was received.</summary>
    public Fraction? ValueAtQuote => ReceivedAmount is { } received ? (Fraction)PriceAmount * received / Expected.Amount : null;

    /// <summary>The surplus over the amount due; null for none.</summary>
    public Money? Surplus => SurplusAmount is { } amount ? new Money(amount, Expected.Currency) : null;

    /// <summary>The surplus at the quoted price, in <see cref="PriceCurrency"/>.</summary>
    public Fraction? SurplusAtQuote => SurplusAmount is { } surplus ? (Fraction)PriceAmount * surplus / Expected.Amount : null;

    /// <summary>The amount received less a refunded surplus; null while nothing was received.</summary>
    public Money? ReceivedAfterSurplusRefund => Received is { } received && SurplusReturnedOnUtc is not null ? received with { Amount = received.Amount - (SurplusAmount ?? 0m) } : Received;

    /// <summary>The total expected, in the unit of <see cref="Received"/>.</summary>
    public Money Expected => new(ExpectedAmount ?? PayAmount, ReceivedCurrency ?? QuotedForDisplay.Currency);

    /// <summary>The quoted amount in the unit that people read, see <see cref="AmountUnit"/>.</summary>
    public Money QuotedForDisplay => new(PayAmount, AmountUnit ?? PayCurrency);

    /// <summary>The price of one unit of the quote, rounded to 8 decimals; null when the quote is in the currency of the price.</summary>
    public Money? Rate => PayAmount > 0 && QuotedForDisplay.Currency != PriceCurrency ? new Money(decimal.Round(PriceAmount / PayAmount, 8), PriceCurrency) : null;

    /// <summary>The amount credited after the provider's fee, in the unit that people read; null while unknown.</summary>
    public Money? Net => NetAmount is { } amount ? new Money(amount, NetCurrency == PayCurrency ? QuotedForDisplay.Currency : NetCurrency ?? string.Empty) : null;

    /// <summary>The quoted amount in the provider's currency code.</summary>
    public Money Quoted => new(PayAmount, PayCurrency);

    /// <summary>The amount to send from a wallet; null when the shopper pays on the provider's page.</summary>
    public Money? AmountToSend => DueAmount is { } amount ? new Money(amount, Coin) : null;

    /// <summary>Coin and gateway as a form sends them, see <see cref="PaymentOption.Choice"/>.</summary>
    public string Choice => $"{Gateway}:{Coin}";

    /// <summary>True when the shopper has a page to pay on: the store's own or the provider's.</summary>
    public bool HasPage => Address is not null || CheckoutUrl is not null;

    /// <summary>True when the shopper chose this attempt after another one of the same order.</summary>
    public bool IsNewerThan(CryptoPayment other) => (ChosenOnUtc, Attempt).CompareTo((other.ChosenOnUtc, other.Attempt)) > 0;

    /// <summary>True when the provider's address does not belong to the coin's network. The attempt gets no page but is still monitored.</summary>
    public bool IsOnHold => FailureReason?.StartsWith($"{nameof(GatewayFault.BadAddress)}: ", StringComparison.Ordinal) == true;

    public CryptoPaymentStatus Status
    {
        get => (CryptoPaymentStatus)StatusId;
        set => StatusId = (int)value;
    }
}
