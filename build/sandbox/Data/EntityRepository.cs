using System.Linq.Expressions;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Core.Domain.Common;
using Nop.Core.Events;
using Nop.Data;

namespace CryptoGateways.Sandbox.Data;

/// <summary>What one request has read already, as nopCommerce's short-term cache keeps it.</summary>
public sealed class RequestCache
{
    private readonly Dictionary<(Type, int), BaseEntity?> _entities = [];

    public async Task<T?> GetAsync<T>(int id, Func<Task<T?>> read) where T : BaseEntity
    {
        if (!_entities.TryGetValue((typeof(T), id), out var entity))
            _entities[(typeof(T), id)] = entity = await read();
        return (T?)entity;
    }

    public void Forget(Type type)
    {
        foreach (var key in _entities.Keys.Where(key => key.Item1 == type).ToList())
            _entities.Remove(key);
    }
}

public sealed class EntityRepository<T>(StoreDb db, IDbContextFactory<StoreDb> contexts, RequestCache cache, IEventPublisher events, WriteFaults faults)
    : IRepository<T> where T : BaseEntity
{
    public IQueryable<T> Table => db.Set<T>();

    public async Task<T> GetByIdAsync(int? id, Func<ICacheKeyService, CacheKey>? getCacheKey = null, bool includeDeleted = true, bool useShortTermCache = false)
    {
        if (id is null or 0)
            return null!;

        async Task<T?> ReadAsync()
        {
            await using var ambient = await AmbientTransaction.JoinAsync(contexts);
            return await EntityFrameworkQueryableExtensions.FirstOrDefaultAsync(Filter(ambient?.Set<T>() ?? Table, includeDeleted), entity => entity.Id == id);
        }
        return (useShortTermCache ? await cache.GetAsync(id.Value, ReadAsync) : await ReadAsync())!;
    }

    public async Task<IList<T>> GetAllAsync(Func<IQueryable<T>, IQueryable<T>>? func = null, Func<ICacheKeyService, CacheKey>? getCacheKey = null, bool includeDeleted = true) =>
        await EntityFrameworkQueryableExtensions.ToListAsync((func ?? (query => query))(Filter(Table, includeDeleted)));

    public async Task InsertAsync(T entity, bool publishEvent = true)
    {
        await SaveAsync("Insert", context => context.Add(entity));
        if (publishEvent)
            await events.PublishAsync(new EntityInsertedEvent<T>(entity));
    }

    public async Task UpdateAsync(T entity, bool publishEvent = true)
    {
        await SaveAsync("Update", context => context.Update(entity));
        if (publishEvent)
            await events.PublishAsync(new EntityUpdatedEvent<T>(entity));
    }

    public async Task DeleteAsync(T entity, bool publishEvent = true)
    {
        if (entity is ISoftDeletedEntity softDeleted)
        {
            softDeleted.Deleted = true;
            await SaveAsync("Delete", context => context.Update(entity));
        }
        else
            await SaveAsync("Delete", context => context.Remove(entity));

        if (publishEvent)
            await events.PublishAsync(new EntityDeletedEvent<T>(entity));
    }

    /// <summary>One DELETE statement: of two callers at once exactly one is told that it deleted the row.</summary>
    public async Task<int> DeleteAsync(Expression<Func<T, bool>> predicate)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Set<T>().Where(predicate).Select(entity => entity.Id).CreateDbCommand();
        command.CommandText = $"DELETE FROM \"{context.Model.FindEntityType(typeof(T))!.GetTableName()}\" WHERE \"Id\" IN ({command.CommandText})";
        cache.Forget(typeof(T));
        var deleted = 0;
        await faults.DoAsync($"{typeof(T).Name}.Delete", async () => deleted = await command.ExecuteNonQueryAsync());
        return deleted;
    }

    private static IQueryable<T> Filter(IQueryable<T> query, bool includeDeleted) =>
        includeDeleted || !typeof(ISoftDeletedEntity).IsAssignableFrom(typeof(T))
            ? query
            : query.Where(entity => !EF.Property<bool>(entity, nameof(ISoftDeletedEntity.Deleted)));

    /// <summary>Throws the database's own exception, as the platform's data provider does. A row that is gone is no error.</summary>
    private async Task SaveAsync(string verb, Action<StoreDb> change)
    {
        await using var context = await AmbientTransaction.JoinAsync(contexts) ?? await contexts.CreateDbContextAsync();
        change(context);
        cache.Forget(typeof(T));
        try
        {
            await faults.DoAsync($"{typeof(T).Name}.{verb}", () => context.SaveChangesAsync());
        }
        catch (DbUpdateConcurrencyException)
        {
        }
        catch (DbUpdateException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }
    }
}
