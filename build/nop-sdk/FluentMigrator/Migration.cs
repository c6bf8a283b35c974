using FluentMigrator.Builders.Create;
using FluentMigrator.Infrastructure;

namespace FluentMigrator;

public abstract class MigrationBase : IMigration
{
    private IMigrationContext _context;

    public string ConnectionString { get; protected set; }

    public ICreateExpressionRoot Create => new CreateExpressionRoot(_context);

    public abstract void Up();

    public abstract void Down();

    public virtual void GetUpExpressions(IMigrationContext context)
    {
        _context = context;
        Up();
    }

    public virtual void GetDownExpressions(IMigrationContext context)
    {
        _context = context;
        Down();
    }
}

/// <summary>A migration whose way back is the reverse of its way there.</summary>
public abstract class AutoReversingMigration : MigrationBase
{
    public sealed override void Down()
    {
    }

    /// <summary>Gives what <see cref="MigrationBase.Up"/> creates; the runner drops it in reverse order.</summary>
    public override void GetDownExpressions(IMigrationContext context) => GetUpExpressions(context);
}
