using System.Linq.Expressions;
using System.Reflection;
using System.Transactions;
using CryptoGateways.Tests.Unit.Interleavings;
using Moq;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Data;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A table. What is read from it is a copy, and what is changed in a copy counts only once it is written.
/// </summary>
public sealed class Rows<T> where T : BaseEntity
{
    private static readonly MethodInfo _clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly List<T> _rows = [];
    private readonly Func<T, object>[] _unique;

    /// <param name="unique">What no two rows may have in common.</param>
    public Rows(params Func<T, object>[] unique)
    {
        _unique = unique;
        var repository = new Mock<IRepository<T>>(MockBehavior.Strict);
        repository.Setup(rows => rows.GetByIdAsync(It.IsAny<int?>(), null, It.IsAny<bool>(), false)).ReturnsAsync((int? id, object? _, bool _, bool _) =>
        {
            OnRead();
            return Handed(Find(id)!);
        });
        repository.Setup(rows => rows.GetAllAsync(It.IsAny<Func<IQueryable<T>, IQueryable<T>>>(), null, It.IsAny<bool>()))
            .ReturnsAsync((Func<IQueryable<T>, IQueryable<T>> query, Func<ICacheKeyService, CacheKey>? _, bool _) => [.. query(new Query<T>(All)).AsEnumerable().Select(row => Handed(row))]);
        repository.Setup(rows => rows.Table).Returns(() => new Query<T>(All));
        repository.Setup(rows => rows.InsertAsync(It.IsAny<T>(), It.IsAny<bool>())).Returns((T row, bool _) => Run(() => Insert(row)));
        repository.Setup(rows => rows.UpdateAsync(It.IsAny<T>(), It.IsAny<bool>())).Returns((T row, bool _) => Run(() => Update(row)));
        repository.Setup(rows => rows.DeleteAsync(It.IsAny<T>(), It.IsAny<bool>())).Returns((T row, bool _) => Run(() => _rows.RemoveAll(other => other.Id == row.Id)));
        repository.Setup(rows => rows.DeleteAsync(It.IsAny<Expression<Func<T, bool>>>())).ReturnsAsync((Expression<Func<T, bool>> which) => _rows.RemoveAll(new(which.Compile())));
        Repository = repository.Object;
    }

    public IRepository<T> Repository { get; }

    public IReadOnlyList<T> All => [.. _rows.Select(Copy)];

    /// <summary>Rows that were read whole, with all their columns.</summary>
    public List<T> Whole { get; } = [];

    /// <summary>What happens when a row is read by its id.</summary>
    public Action OnRead { get; set; } = () => { };

    /// <summary>What happens before a row is written; an exception is a process that died, or a database that failed.</summary>
    public Action OnWrite { get; set; } = () => { };

    public T Single => All.Single();

    public void Insert(T row)
    {
        Check(row);
        row.Id = _rows.Count == 0 ? 1 : _rows.Max(other => other.Id) + 1;
        _rows.Add(Copy(row));
        Transaction.Current.OnRollback(() => _rows.RemoveAll(other => other.Id == row.Id));
    }

    public void Change(Action<T> change) => _rows.ForEach(change);

    private void Update(T row)
    {
        Check(row);
        _rows[_rows.FindIndex(other => other.Id == row.Id)] = Copy(row);
    }

    private void Check(T row)
    {
        Columns.Check(row);
        if (_rows.Any(other => other.Id != row.Id && _unique.Any(part => part(other).Equals(part(row)))))
            throw new InvalidOperationException("unique index");
    }

    private T Handed(T row)
    {
        Whole.Add(row);
        return row;
    }

    private T? Find(int? id) => All.FirstOrDefault(row => row.Id == id);

    private static T Copy(T row) => (T)_clone.Invoke(row, null)!;

    private Task Run(Action action)
    {
        OnWrite();
        action();
        return Task.CompletedTask;
    }
}
