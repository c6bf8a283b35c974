using FluentMigrator.Builders.Create.Table;
using Nop.Data.Mapping.Builders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

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
