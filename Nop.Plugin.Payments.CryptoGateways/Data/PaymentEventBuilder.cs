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
            .WithColumn(nameof(PaymentEvent.EventKey)).AsString(200).NotNullable()
            .WithColumn(nameof(PaymentEvent.Name)).AsString(64).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedCurrency)).AsString(32).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedExternalId)).AsString(128).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedNetAmount)).AsDecimal(28, 18).Nullable()
            .WithColumn(nameof(PaymentEvent.StatedNetCurrency)).AsString(32).Nullable()
            .WithColumn(nameof(PaymentEvent.SignatureForm)).AsString(32).Nullable()
            .WithColumn(nameof(PaymentEvent.Body)).AsString(int.MaxValue).Nullable();
    }
}
