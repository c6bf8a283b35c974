using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Transactions;
using Nop.Core;
using Nop.Data;

namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// A table of a database: each statement is a step of whoever sends it and is whole; ids are never given twice. In a transaction a row
/// that changed since it was read is not written, as PostgreSQL has it.
/// </summary>
public sealed class Table<T> where T : BaseEntity
{
    private static readonly MethodInfo _clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private readonly List<T> _rows = [];
    private readonly ConditionalWeakTable<Transaction, Dictionary<int, T?>> _read = [];
    private readonly Func<T, object>[] _unique;
    private int _lastId;

    /// <param name="steps">Who decides when a statement runs.</param>
    /// <param name="unique">What no two rows may have in common.</param>
    public Table(Steps steps, params Func<T, object>[] unique)
    {
        _unique = unique;
        async Task<TResult> StepAsync<TResult>(string verb, Func<TResult> statement)
        {
            await steps.ComeAsync($"{verb} {typeof(T).Name}");
            return statement();
        }

        Repository = Fake.Of<IRepository<T>>(
            ("get_Table", _ => new Query<T>(ReadAll())),
            ("GetByIdAsync", args => StepAsync("read", () => Read((int?)args[0] ?? 0))),
            ("GetAllAsync", args => StepAsync<IList<T>>("read", () => [.. ((Func<IQueryable<T>, IQueryable<T>>)args[0]!)(new Query<T>(All))])),
            ("InsertAsync", args => StepAsync("insert", () => Insert((T)args[0]!))),
            ("UpdateAsync", args => StepAsync("update", () => Update((T)args[0]!))),
            ("DeleteAsync/2", args => StepAsync("delete", () => _rows.RemoveAll(row => row.Id == ((T)args[0]!).Id))),
            ("DeleteAsync/1", args => StepAsync("delete", () => _rows.RemoveAll(new(((Expression<Func<T, bool>>)args[0]!).Compile(preferInterpretation: true))))));
    }

    public IRepository<T> Repository { get; }

    public IReadOnlyList<T> All => [.. _rows.Select(Copy)];

    public bool Insert(T row)
    {
        if (_rows.Any(other => _unique.Any(part => part(other).Equals(part(row)))))
            throw new InvalidOperationException($"unique index of {typeof(T).Name}");

        row.Id = ++_lastId;
        _rows.Add(Copy(row));
        Transaction.Current.OnRollback(() => _rows.RemoveAll(other => other.Id == row.Id));
        return true;
    }

    private IReadOnlyList<T> ReadAll()
    {
        if (Transaction.Current is { } transaction)
            _rows.ForEach(row => _read.GetOrCreateValue(transaction).TryAdd(row.Id, row));
        return All;
    }

    private T? Read(int id)
    {
        var row = _rows.Find(row => row.Id == id);
        if (Transaction.Current is { } transaction)
            _read.GetOrCreateValue(transaction).TryAdd(id, row);
        return row is null ? null : Copy(row);
    }

    private bool Update(T row)
    {
        if (Transaction.Current is { } transaction && _read.TryGetValue(transaction, out var read) && read.TryGetValue(row.Id, out var before) && before != _rows.Find(now => now.Id == row.Id))
            throw new Refused();
        if (_rows.FindIndex(other => other.Id == row.Id) is >= 0 and var place)
            _rows[place] = Copy(row);
        return true;
    }

    private sealed class Refused() : DbException("could not serialize access due to concurrent update");

    private static T Copy(T row) => (T)_clone.Invoke(row, null)!;
}
