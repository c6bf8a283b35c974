using FluentMigrator.Builders.Create.Table;
using Nop.Data.Mapping.Builders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

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
