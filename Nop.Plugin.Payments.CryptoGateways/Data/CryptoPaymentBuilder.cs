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
            .WithColumn(nameof(CryptoPayment.Gateway)).AsString(32).NotNullable()
            .WithColumn(nameof(CryptoPayment.Reference)).AsString(32).NotNullable()
            .WithColumn(nameof(CryptoPayment.ExternalId)).AsString(128).NotNullable()
            .WithColumn(nameof(CryptoPayment.CheckoutUrl)).AsString(2000).Nullable()
            .WithColumn(nameof(CryptoPayment.Address)).AsString(256).Nullable()
            .WithColumn(nameof(CryptoPayment.AddressTag)).AsString(128).Nullable()
            .WithColumn(nameof(CryptoPayment.Network)).AsString(32).Nullable()
            .WithColumn(nameof(CryptoPayment.PriceAmount)).AsDecimal(18, 4).NotNullable()
            .WithColumn(nameof(CryptoPayment.PriceCurrency)).AsString(5).NotNullable()
            .WithColumn(nameof(CryptoPayment.Coin)).AsString(32).NotNullable()
            .WithColumn(nameof(CryptoPayment.PayAmount)).AsDecimal(28, 18).NotNullable()
            .WithColumn(nameof(CryptoPayment.PayCurrency)).AsString(32).NotNullable()
            .WithColumn(nameof(CryptoPayment.DueAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.NetAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.NetCurrency)).AsString(32).Nullable()
            .WithColumn(nameof(CryptoPayment.ReceivedAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.ReceivedCurrency)).AsString(32).Nullable()
            .WithColumn(nameof(CryptoPayment.ExpectedAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.SurplusAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.LateAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.LateValue)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(CryptoPayment.TransactionIds)).AsString(2000).Nullable()
            .WithColumn(nameof(CryptoPayment.ProviderStatus)).AsString(64).Nullable()
            .WithColumn(nameof(CryptoPayment.TokenNonce)).AsString(64).NotNullable()
            .WithColumn(nameof(CryptoPayment.FailureReason)).AsString(400).Nullable()
            .WithColumn(nameof(CryptoPayment.ProviderAnswer)).AsString(2000).Nullable();
    }
}
