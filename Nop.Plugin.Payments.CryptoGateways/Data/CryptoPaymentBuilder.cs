using FluentMigrator.Builders.Create.Table;
using Nop.Data.Mapping.Builders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

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
