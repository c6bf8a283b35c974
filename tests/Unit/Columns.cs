using System.Data;
using FluentMigrator.Builders.Create;
using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using FluentMigrator.Model;
using Nop.Core;
using Nop.Data.Extensions;
using Nop.Plugin.Payments.CryptoGateways;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The plugin's tables as their builders describe them, and the strictest database that may hold them: PostgreSQL's lengths and NUL, MySQL's
/// utf8mb3.
/// </summary>
public static class Columns
{
    private static readonly Dictionary<Type, IReadOnlyList<ColumnDefinition>> _known = [];

    /// <summary>The plugin's entities.</summary>
    public static IEnumerable<Type> Entities =>
        typeof(CryptoGatewaysDefaults).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BaseEntity)) && type.Namespace!.EndsWith(".Domain", StringComparison.Ordinal));

    public static IReadOnlyList<ColumnDefinition> Of(Type entity)
    {
        lock (_known)
        {
            if (_known.TryGetValue(entity, out var columns))
                return columns;

            var context = new Context();
            typeof(FluentMigratorExtensions).GetMethod(nameof(FluentMigratorExtensions.TableFor))!.MakeGenericMethod(entity).Invoke(null, [new CreateExpressionRoot(context)]);
            return _known[entity] = [.. ((CreateTableExpression)context.Expressions.Single()).Columns];
        }
    }

    /// <summary>Throws as a database does that cannot store the row.</summary>
    public static void Check(BaseEntity row)
    {
        if (row.GetType().Assembly != typeof(CryptoGatewaysDefaults).Assembly)
            return;

        foreach (var column in Of(row.GetType()))
        {
            var fault = row.GetType().GetProperty(column.Name)!.GetValue(row) switch
            {
                null when column.IsNullable == false => "null",
                string text when text.Length > (column.Size ?? int.MaxValue) => $"{text.Length} characters",
                string text when text.Any(c => c == '\0' || char.IsSurrogate(c)) => "characters that it cannot store",
                decimal amount when column.Type == DbType.Decimal && Math.Abs(amount) >= (decimal)Math.Pow(10, column.Size!.Value - column.Precision!.Value) => $"{amount}",
                _ => null
            };
            if (fault is not null)
                throw new InvalidOperationException($"column {row.GetType().Name}.{column.Name} of {column.Size} does not take {fault}");
        }
    }

    private sealed class Context : IMigrationContext
    {
        public ICollection<IMigrationExpression> Expressions { get; set; } = [];
    }
}
