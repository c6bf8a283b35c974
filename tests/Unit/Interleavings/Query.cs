using System.Collections;
using System.Linq.Expressions;

namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// A query over rows in memory whose expression is interpreted. The framework's own compiles each anew, which takes a hundred times
/// as long as running it over a few rows.
/// </summary>
public sealed class Query<T>(Expression expression) : IOrderedQueryable<T>, IQueryProvider
{
    private static readonly Type _rewriter = typeof(EnumerableQuery).Assembly.GetType("System.Linq.EnumerableRewriter")!;

    public Query(IEnumerable<T> rows) : this(rows.AsQueryable().Expression)
    {
    }

    public Type ElementType => typeof(T);

    public Expression Expression => expression;

    public IQueryProvider Provider => this;

    public IEnumerator<T> GetEnumerator() => Execute<IEnumerable<T>>(expression).GetEnumerator();

    public IQueryable<TElement> CreateQuery<TElement>(Expression expression) => new Query<TElement>(expression);

    public TResult Execute<TResult>(Expression expression)
    {
        var rewriter = (ExpressionVisitor)Activator.CreateInstance(_rewriter, nonPublic: true)!;
        return Expression.Lambda<Func<TResult>>(rewriter.Visit(expression)).Compile(preferInterpretation: true)();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IQueryable IQueryProvider.CreateQuery(Expression expression) => throw new NotSupportedException();

    object? IQueryProvider.Execute(Expression expression) => throw new NotSupportedException();
}
