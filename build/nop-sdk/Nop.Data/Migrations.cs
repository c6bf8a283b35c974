using System.Globalization;
using FluentMigrator;

namespace Nop.Data.Migrations;

public enum MigrationProcessType
{
    NoMatter,
    Installation,
    Update
}

/// <summary>A migration whose version is a point in time, in ticks.</summary>
public class NopMigrationAttribute : MigrationAttribute
{
    public NopMigrationAttribute(string dateTime, string description, MigrationProcessType targetMigrationProcess = MigrationProcessType.NoMatter)
        : base(DateTime.Parse(dateTime, CultureInfo.InvariantCulture).Ticks, description) =>
        TargetMigrationProcess = targetMigrationProcess;

    public virtual MigrationProcessType TargetMigrationProcess { get; }
}
