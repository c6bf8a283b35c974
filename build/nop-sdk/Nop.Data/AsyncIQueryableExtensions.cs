using System.Linq.Expressions;

namespace System.Linq;

/// <summary>nopCommerce asks the database asynchronously here; the few rows of a sandbox are read at once.</summary>
public static class AsyncIQueryableExtensions
{
    public static Task<List<TSource>> ToListAsync<TSource>(this IQueryable<TSource> source) => Task.FromResult(source.ToList());

    public static Task<int> CountAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null) =>
        Task.FromResult(predicate is null ? source.Count() : source.Count(predicate));

    public static Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null) =>
        Task.FromResult(predicate is null ? source.Any() : source.Any(predicate));

    public static Task<TSource> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null) =>
        Task.FromResult(predicate is null ? source.FirstOrDefault() : source.FirstOrDefault(predicate));
}
