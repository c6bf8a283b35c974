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
