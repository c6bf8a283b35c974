using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Nop.Core;

namespace CryptoGateways.Sandbox.Data;

/// <summary>The entity classes of the platform, of the sandbox and of the plugin.</summary>
public sealed record EntityTypes(IReadOnlyList<Type> All)
{
    public static IEnumerable<Type> Of(System.Reflection.Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BaseEntity)) && !type.IsAbstract);
}

/// <summary>One SQLite file, which several processes may share.</summary>
public sealed class StoreDb(DbContextOptions<StoreDb> options, EntityTypes entityTypes) : DbContext(options)
{
    public static string ConnectionString(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();

    public static void Configure(DbContextOptionsBuilder options, string file) => options
        .UseSqlite(ConnectionString(file))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .AddInterceptors(new WaitWhenLocked())
        // See AmbientTransaction.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.AmbientTransactionWarning));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var type in entityTypes.All)
        {
            var table = Schema.Describe(type);
            var columns = table.Columns.ToDictionary(column => column.Name);
            var entity = modelBuilder.Entity(type).ToTable(table.TableName);
            foreach (var property in type.GetProperties())
            {
                if (!columns.TryGetValue(property.Name, out var column))
                    entity.Ignore(property.Name);
                else if (column.Precision is { } decimals)
                    entity.Property(property.Name).HasConversion(
                        new ValueConverter<decimal, decimal>(value => decimal.Round(value, decimals), value => value));
            }
        }
    }

    private sealed class WaitWhenLocked : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            Schema.Execute((SqliteConnection)connection, "PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL");

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
