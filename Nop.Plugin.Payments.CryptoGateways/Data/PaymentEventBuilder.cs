using FluentMigrator.Builders.Create.Table;
using Nop.Data.Mapping.Builders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

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
            .WithColumn(nameof(PaymentEvent.StatedAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedCurrency)).AsString(TextLengths.Code).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedExternalId)).AsString(TextLengths.ExternalId).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedNetAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedNetCurrency)).AsString(TextLengths.Code).Nullable()
            .WithColumn(nameof(PaymentEvent.SignatureForm)).AsString(TextLengths.SignatureForm).Nullable()
            .WithColumn(nameof(PaymentEvent.Body)).AsString(TextLengths.Unbounded).Nullable();
    }
}
