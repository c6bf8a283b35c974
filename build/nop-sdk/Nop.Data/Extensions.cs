using System.Data;
using FluentMigrator.Builders.Create;
using FluentMigrator.Builders.Create.Table;
using FluentMigrator.Model;
using Nop.Core;
using Nop.Data.Mapping.Builders;

namespace Nop.Data.Extensions;

public static class FluentMigratorExtensions
{
    private static readonly Dictionary<Type, DbType> _columnTypes = new()
    {
        [typeof(int)] = DbType.Int32,
        [typeof(long)] = DbType.Int64,
        [typeof(string)] = DbType.String,
        [typeof(bool)] = DbType.Boolean,
        [typeof(decimal)] = DbType.Decimal,
        [typeof(DateTime)] = DbType.DateTime2,
        [typeof(Guid)] = DbType.Guid
    };

    /// <summary>
    /// Describes the entity's table: the columns its builder names, an identity key, and a default column for each other
    /// property of a simple type (strings without bound and nullable, decimals with 18 digits of which 4 are decimals).
    /// </summary>
    public static void TableFor<TEntity>(this ICreateExpressionRoot expressionRoot) where TEntity : BaseEntity
    {
        var type = typeof(TEntity);
        var table = (CreateTableExpressionBuilder)expressionRoot.Table(type.Name);

        var builder = type.Assembly.GetTypes().FirstOrDefault(candidate => candidate.BaseType == typeof(NopEntityBuilder<TEntity>));
        if (builder is not null)
            ((IEntityBuilder)Activator.CreateInstance(builder)).MapEntity(table);

        var columns = table.Expression.Columns;
        if (!columns.Any(column => column.IsPrimaryKey))
            columns.Insert(0, new ColumnDefinition { Name = nameof(BaseEntity.Id), Type = DbType.Int32, IsPrimaryKey = true, IsIdentity = true });

        foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.DeclaringType != typeof(BaseEntity)))
        {
            var columnType = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (columns.Any(column => column.Name == property.Name) || !_columnTypes.TryGetValue(columnType, out var dbType))
                continue;

            columns.Add(new ColumnDefinition
            {
                Name = property.Name,
                Type = dbType,
                Size = dbType == DbType.Decimal ? 18 : null,
                Precision = dbType == DbType.Decimal ? 4 : null,
                IsNullable = columnType != property.PropertyType || columnType == typeof(string)
            });
        }
    }
}
