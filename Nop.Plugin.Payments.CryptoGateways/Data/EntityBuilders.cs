using FluentMigrator.Builders.Create.Table;
using Nop.Data.Mapping.Builders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

/// <summary>
/// Columns of <see cref="AdminAlert"/> that differ from the platform's defaults.
/// </summary>
public class AdminAlertBuilder : NopEntityBuilder<AdminAlert>
{
    public override void MapEntity(CreateTableExpressionBuilder table)
    {
        table
            .WithColumn(nameof(AdminAlert.AlertKey)).AsString(TextLengths.Key).NotNullable()
            .WithColumn(nameof(AdminAlert.Message)).AsString(TextLengths.Unbounded).NotNullable();
    }
}

/// <summary>
/// Columns of <see cref="CoinPrice"/> that differ from the platform's defaults; the indexed two are as long as those of
/// <see cref="CryptoPayment"/>.
/// </summary>
public class CoinPriceBuilder : NopEntityBuilder<CoinPrice>
{
    public override void MapEntity(CreateTableExpressionBuilder table)
    {
        table
            .WithColumn(nameof(CoinPrice.Coin)).AsString(TextLengths.Code).NotNullable()
            .WithColumn(nameof(CoinPrice.Currency)).AsString(TextLengths.PlatformCurrency).NotNullable()
            .WithColumn(nameof(CoinPrice.Price)).AsDecimal(28, 18).NotNullable()
            .WithColumn(nameof(CoinPrice.Source)).AsString(TextLengths.Gateway).NotNullable();
    }
}

/// <summary>
/// Columns of <see cref="CryptoPayment"/> that differ from the platform's defaults: indexed strings need a length (MySQL), coin
/// amounts need 18 decimals (the default is 4).
/// </summary>
public class CryptoPaymentBuilder : NopEntityBuilder<CryptoPayment>
{
    public override void MapEntity(CreateTableExpressionBuilder table)
    {
        table
            .WithColumn(nameof(CryptoPayment.Gateway)).AsString(TextLengths.Gateway).NotNullable()
            .WithColumn(nameof(CryptoPayment.Reference)).AsString(TextLengths.Reference).NotNullable()
            .WithColumn(nameof(CryptoPayment.ExternalId)).AsString(TextLengths.ExternalId).NotNullable()
            .WithColumn(nameof(CryptoPayment.CheckoutUrl)).AsString(TextLengths.Url).Nullable()
            .WithColumn(nameof(CryptoPayment.Address)).AsString(TextLengths.Address).Nullable()
            .WithColumn(nameof(CryptoPayment.AddressTag)).AsString(TextLengths.AddressTag).Nullable()
            .WithColumn(nameof(CryptoPayment.Network)).AsString(TextLengths.Network).Nullable()
            .WithColumn(nameof(CryptoPayment.PriceAmount)).AsDecimal(18, 4).NotNullable()
            .WithColumn(nameof(CryptoPayment.PriceCurrency)).AsString(TextLengths.PlatformCurrency).NotNullable()
            .WithColumn(nameof(CryptoPayment.Coin)).AsString(TextLengths.Code).NotNullable()
            .WithColumn(nameof(CryptoPayment.PayAmount)).AsDecimal(28, 18).NotNullable()
            .WithColumn(nameof(CryptoPayment.PayCurrency)).AsString(TextLengths.Code).NotNullable()
            .WithColumn(nameof(CryptoPayment.DueAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.BalanceAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.AmountUnit)).AsString(TextLengths.Code).Nullable()
            .WithColumn(nameof(CryptoPayment.NetAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.NetCurrency)).AsString(TextLengths.Code).Nullable()
            .WithColumn(nameof(CryptoPayment.ReceivedAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.ReceivedCurrency)).AsString(TextLengths.Code).Nullable()
            .WithColumn(nameof(CryptoPayment.ExpectedAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.RefundedAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.SurplusAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.LateAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.LateValue)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.TransactionIds)).AsString(TextLengths.TransactionIds).Nullable()
            .WithColumn(nameof(CryptoPayment.ProviderStatus)).AsString(TextLengths.Word).Nullable()
            .WithColumn(nameof(CryptoPayment.TokenNonce)).AsString(TextLengths.Nonce).NotNullable()
            .WithColumn(nameof(CryptoPayment.FailureReason)).AsString(TextLengths.FailureReason).Nullable()
            .WithColumn(nameof(CryptoPayment.ProviderAnswer)).AsString(TextLengths.Answer).Nullable();
    }
}

/// <summary>
/// Columns of <see cref="GatewayHealth"/> that differ from the platform's defaults.
/// </summary>
public class GatewayHealthBuilder : NopEntityBuilder<GatewayHealth>
{
    public override void MapEntity(CreateTableExpressionBuilder table) =>
        table.WithColumn(nameof(GatewayHealth.Gateway)).AsString(TextLengths.Gateway).NotNullable();
}

/// <summary>
/// Columns of <see cref="Lease"/> that differ from the platform's defaults.
/// </summary>
public class LeaseBuilder : NopEntityBuilder<Lease>
{
    public override void MapEntity(CreateTableExpressionBuilder table)
    {
        table
            .WithColumn(nameof(Lease.Resource)).AsString(TextLengths.Resource).NotNullable()
            .WithColumn(nameof(Lease.Owner)).AsString(TextLengths.Random).NotNullable();
    }
}

/// <summary>
/// Columns of <see cref="PaymentEvent"/> that differ from the platform's defaults.
/// </summary>
public class PaymentEventBuilder : NopEntityBuilder<PaymentEvent>
{
    public override void MapEntity(CreateTableExpressionBuilder table)
    {
        table
            .WithColumn(nameof(PaymentEvent.EventKey)).AsString(TextLengths.Key).NotNullable()
            .WithColumn(nameof(PaymentEvent.Name)).AsString(TextLengths.Word).Nullable()
            .WithColumn(nameof(PaymentEvent.Outcome)).AsString(TextLengths.Outcome).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedCurrency)).AsString(TextLengths.Code).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedExternalId)).AsString(TextLengths.ExternalId).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedNetAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedNetCurrency)).AsString(TextLengths.Code).Nullable()
            .WithColumn(nameof(PaymentEvent.SignatureForm)).AsString(TextLengths.SignatureForm).Nullable()
            .WithColumn(nameof(PaymentEvent.Body)).AsString(TextLengths.Unbounded).Nullable();
    }
}

/// <summary>
/// Columns of <see cref="SelfTestTicket"/> that differ from the platform's defaults.
/// </summary>
public class SelfTestTicketBuilder : NopEntityBuilder<SelfTestTicket>
{
    public override void MapEntity(CreateTableExpressionBuilder table)
    {
        table
            .WithColumn(nameof(SelfTestTicket.Number)).AsString(TextLengths.Random).NotNullable()
            .WithColumn(nameof(SelfTestTicket.Secret)).AsString(TextLengths.Random).NotNullable();
    }
}

/// <summary>
/// Lengths of the text columns in UTF-16 code units. Columns with the same kind of text share a length.
/// </summary>
public static class TextLengths
{
    /// <summary>System name of a gateway, and the source of a price.</summary>
    public const int Gateway = 32;

    /// <summary>The plugin's reference of a payment.</summary>
    public const int Reference = 32;

    /// <summary>The provider's id of a payment.</summary>
    public const int ExternalId = 128;

    public const int Url = 2000;
    public const int Address = 256;
    public const int AddressTag = 128;
    public const int Network = 32;

    /// <summary>Code of a coin, or of a currency that a provider names.</summary>
    public const int Code = 32;

    /// <summary>Code of one of the platform's currencies.</summary>
    public const int PlatformCurrency = 5;

    /// <summary>Transaction ids, one per line.</summary>
    public const int TransactionIds = 2000;

    /// <summary>The provider's name of a status, and the name of an event.</summary>
    public const int Word = 64;

    /// <summary>How an event ended, see <see cref="Domain.PaymentEventOutcome"/>.</summary>
    public const int Outcome = 32;

    public const int Nonce = 64;
    public const int FailureReason = 400;

    /// <summary>The provider's last response.</summary>
    public const int Answer = 2000;

    /// <summary>Unique keys of events and alerts.</summary>
    public const int Key = 200;

    public const int SignatureForm = 32;
    public const int Resource = 100;

    /// <summary>The plugin's random identifiers and secrets.</summary>
    public const int Random = 40;

    /// <summary>No limit.</summary>
    public const int Unbounded = int.MaxValue;
}
