using FluentMigrator.Builders.Create.Table;
using Nop.Data.Mapping.Builders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

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
