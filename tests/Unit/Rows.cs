using System.Linq.Expressions;
using System.Reflection;
using System.Transactions;
using CryptoGateways.Tests.Unit.Interleavings;
using Nop.Core;
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
        Repository = Fake.Strict<IRepository<T>>(
            ("get_Table", _ => new Query<T>(All)),
            ("GetByIdAsync", args =>
            {
                Assert.That((args[1], args[3]), Is.EqualTo(((object?)null, (object)false)), "neither cached nor deleted");
                OnRead();
                return Task.FromResult(Handed(Find((int?)args[0])!));
            }
        ),
            ("GetAllAsync", args =>
            {
                Assert.That(args[1], Is.Null, "not cached");
                return Task.FromResult<IList<T>>([.. ((Func<IQueryable<T>, IQueryable<T>>)args[0]!)(new Query<T>(All)).AsEnumerable().Select(row => Handed(row))]);
            }
        ),
            ("InsertAsync", args => Run(() => Insert((T)args[0]!))),
            ("UpdateAsync", args => Run(() => Update((T)args[0]!))),
            ("DeleteAsync/2", args => Run(() => _rows.RemoveAll(other => other.Id == ((T)args[0]!).Id))),
            ("DeleteAsync/1", args => Task.FromResult(_rows.RemoveAll(new(((Expression<Func<T, bool>>)args[0]!).Compile(preferInterpretation: true))))));
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
