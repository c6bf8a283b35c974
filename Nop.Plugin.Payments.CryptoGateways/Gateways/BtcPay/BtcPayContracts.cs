using Newtonsoft.Json;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

/// <summary>Body of POST /stores/{storeId}/invoices.</summary>
internal sealed record BtcPayCreateRequest
{
    /// <summary>Text, as documented. Null would create an invoice that accepts any amount.</summary>
    [JsonProperty("amount")] public required string Amount { get; init; }
    [JsonProperty("currency")] public required string Currency { get; init; }
    [JsonProperty("metadata")] public required BtcPayMetadata Metadata { get; init; }
    [JsonProperty("checkout")] public required BtcPayCheckout Checkout { get; init; }
}

/// <summary>The documented metadata. orderId is indexed: invoices can be listed by it.</summary>
internal sealed record BtcPayMetadata
{
    [JsonProperty("orderId")] public string? OrderId { get; init; }
    [JsonProperty("itemDesc")] public string? ItemDesc { get; init; }
    [JsonProperty("buyerEmail")] public string? BuyerEmail { get; init; }
}

internal sealed record BtcPayCheckout
{
    /// <summary>Null for all payment methods of the store.</summary>
    [JsonProperty("paymentMethods")] public IReadOnlyList<string>? PaymentMethods { get; init; }

    /// <summary>Percent that may be missing. Always 0, because the plugin's own tolerance decides.</summary>
    [JsonProperty("paymentTolerance")] public required int PaymentTolerance { get; init; }
    [JsonProperty("redirectURL")] public required Uri RedirectUrl { get; init; }
    [JsonProperty("redirectAutomatically")] public required bool RedirectAutomatically { get; init; }
    [JsonProperty("defaultLanguage")] public string? DefaultLanguage { get; init; }
}

/// <summary>
/// An invoice in the responses of create, get and list. <see cref="PaidAmount"/> is in <see cref="Currency"/>, without the network fee that the
/// server adds to the amount due after a partial payment.
/// </summary>
internal sealed record BtcPayInvoice
{
    [JsonProperty("id")] public string? Id { get; init; }
    [JsonProperty("status")] public string? Status { get; init; }
    [JsonProperty("additionalStatus")] public string? AdditionalStatus { get; init; }
    [JsonProperty("amount")] public decimal? Amount { get; init; }
    [JsonProperty("currency")] public string? Currency { get; init; }
    [JsonProperty("paidAmount")] public decimal? PaidAmount { get; init; }
    [JsonProperty("checkoutLink")] public string? CheckoutLink { get; init; }
    [JsonProperty("expirationTime"), JsonConverter(typeof(UnixTimeConverter))] public ProviderTime? ExpirationTime { get; init; }
    [JsonProperty("metadata")] public BtcPayInvoiceMetadata? Metadata { get; init; }

    /// <summary>Only in responses to calls with includePaymentMethods=true.</summary>
    [JsonProperty("paymentMethods")] public IReadOnlyList<BtcPayMethod?>? PaymentMethods { get; init; }

    [JsonIgnore] public Money? Price => Amount is { } amount && !string.IsNullOrEmpty(Currency) ? new Money(amount, Currency) : null;

    [JsonIgnore] public IEnumerable<BtcPayMethod> Methods => (PaymentMethods ?? []).OfType<BtcPayMethod>().DistinctBy(method => method.PaymentMethodId);

    [JsonIgnore] public IEnumerable<BtcPayPayment> Payments => Methods.SelectMany(method => method.Payments ?? []).OfType<BtcPayPayment>();
}

/// <summary>The part of the metadata that is read. Invoices may have any other metadata.</summary>
internal sealed record BtcPayInvoiceMetadata([property: JsonProperty("orderId")] string? OrderId);

/// <summary>
/// A payment method of an invoice, such as BTC-CHAIN. Amounts are in units of <see cref="Currency"/>.
/// </summary>
internal sealed record BtcPayMethod
{
    [JsonProperty("paymentMethodId")] public string? PaymentMethodId { get; init; }
    [JsonProperty("currency")] public string? Currency { get; init; }
    [JsonProperty("destination")] public string? Destination { get; init; }

    /// <summary>What is still to be paid. Text, because it is negative after an overpayment.</summary>
    [JsonProperty("due")] public string? Due { get; init; }

    /// <summary>False for a payment method that gets its address only when it is selected.</summary>
    [JsonProperty("activated")] public bool? Activated { get; init; }
    [JsonProperty("payments")] public IReadOnlyList<BtcPayPayment?>? Payments { get; init; }

    [JsonIgnore] public decimal? DueAmount => StrictText.Number(Due ?? string.Empty);

    [JsonIgnore] public bool IsOnChain => PaymentMethodId?.EndsWith(BtcPayClient.OnChain, StringComparison.Ordinal) == true;
}

internal sealed record BtcPayPayment
{
    /// <summary>On-chain: the transaction id, a hyphen and the number of the output.</summary>
    [JsonProperty("id")] public string? Id { get; init; }
    [JsonProperty("status")] public string? Status { get; init; }
    [JsonProperty("receivedDate"), JsonConverter(typeof(UnixTimeConverter))] public ProviderTime? ReceivedDate { get; init; }
}

/// <summary>The response of GET /api-keys/current. With selected stores, a permission ends with ":" and the store's id.</summary>
internal sealed record BtcPayKey([property: JsonProperty("permissions")] IReadOnlyList<string?>? Permissions);

/// <summary>An error response.</summary>
internal sealed record BtcPayError
{
    [JsonProperty("code")] public string? Code { get; init; }
    [JsonProperty("message")] public string? Message { get; init; }
}

/// <summary>
/// A webhook's body. The metadata may contain personal data, so only orderId is kept. deliveryId, isRedelivery and timestamp are left out because
/// they differ between deliveries of the same event.
/// </summary>
internal sealed record BtcPayWebhookBody
{
    [JsonProperty("type")] public string? Type { get; init; }

    /// <summary>The id of the first delivery of the event.</summary>
    [JsonProperty("originalDeliveryId")] public string? OriginalDeliveryId { get; init; }
    [JsonProperty("storeId")] public string? StoreId { get; init; }
    [JsonProperty("invoiceId")] public string? InvoiceId { get; init; }
    [JsonProperty("metadata")] public BtcPayInvoiceMetadata? Metadata { get; init; }
}
