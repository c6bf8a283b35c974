using FluentMigrator.Builders.Create.Table;
using Nop.Data.Mapping.Builders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

/// <summary>
/// Columns of <see cref="GatewayHealth"/> that differ from the platform's defaults.
/// </summary>
public class GatewayHealthBuilder : NopEntityBuilder<GatewayHealth>
{
    public override void MapEntity(CreateTableExpressionBuilder table) =>
        table.WithColumn(nameof(GatewayHealth.Gateway)).AsString(TextLengths.Gateway).NotNullable();
}
