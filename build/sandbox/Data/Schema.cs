using System.Data;
using FluentMigrator.Builders.Create;
using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using FluentMigrator.Model;
using Microsoft.Data.Sqlite;
using Nop.Data.Extensions;

namespace CryptoGateways.Sandbox.Data;

/// <summary>Collects what a migration asks for.</summary>
public sealed class MigrationContext : IMigrationContext
{
    public ICollection<IMigrationExpression> Expressions { get; set; } = [];
}

/// <summary>Tables as the platform's entity builders describe them, in SQLite's words.</summary>
public static class Schema
{
    /// <summary>The table of an entity: what its builder says, defaults for the rest.</summary>
    public static CreateTableExpression Describe(Type entity)
    {
        var context = new MigrationContext();
        typeof(FluentMigratorExtensions).GetMethod(nameof(FluentMigratorExtensions.TableFor))!
            .MakeGenericMethod(entity).Invoke(null, [new CreateExpressionRoot(context)]);
        return (CreateTableExpression)context.Expressions.Single();
    }

    public static void Apply(SqliteConnection connection, IEnumerable<IMigrationExpression> expressions, bool reverse = false)
    {
        foreach (var expression in reverse ? expressions.Reverse() : expressions)
            foreach (var sql in reverse ? Undo(expression) : Do(expression))
                Execute(connection, sql);
    }

    public static bool TableExists(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $name";
        command.Parameters.AddWithValue("$name", table);
        return (long)command.ExecuteScalar()! > 0;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static IEnumerable<string> Do(IMigrationExpression expression) => expression switch
    {
        CreateTableExpression table => [$"CREATE TABLE \"{table.TableName}\" (\n  {string.Join(",\n  ", table.Columns.Select(Column))}\n)"],
        CreateIndexExpression { Index: var index } =>
            [$"CREATE {(index.IsUnique ? "UNIQUE " : "")}INDEX \"{index.Name}\" ON \"{index.TableName}\" ({string.Join(", ", index.Columns.Select(column => $"\"{column.Name}\""))})"],
        _ => throw new NotSupportedException(expression.GetType().Name)
    };

    /// <summary>Indexes go with their table.</summary>
    private static IEnumerable<string> Undo(IMigrationExpression expression) =>
        expression is CreateTableExpression table ? [$"DROP TABLE IF EXISTS \"{table.TableName}\""] : [];

    /// <summary>
    /// SQLite keeps any text in any column: lengths become checks, and decimals are text, since a numeric column would turn
    /// them into floating point.
    /// </summary>
    private static string Column(ColumnDefinition column)
    {
        if (column.IsPrimaryKey && column.IsIdentity)
            return $"\"{column.Name}\" INTEGER PRIMARY KEY AUTOINCREMENT";

        var type = column.Type is DbType.Int32 or DbType.Int64 or DbType.Boolean ? "INTEGER" : "TEXT";
        var length = column is { Type: DbType.String, Size: > 0 and < int.MaxValue } ? $" CHECK (length(\"{column.Name}\") <= {column.Size})" : "";
        return $"\"{column.Name}\" {type}{(column.IsNullable == true ? "" : " NOT NULL")}{length}";
    }
}
