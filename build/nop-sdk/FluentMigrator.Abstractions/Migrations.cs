using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;

namespace FluentMigrator
{
    public interface IMigration
    {
        string ConnectionString { get; }

        void GetUpExpressions(IMigrationContext context);

        void GetDownExpressions(IMigrationContext context);
    }

    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public class MigrationAttribute : Attribute
    {
        public MigrationAttribute(long version, string description) => (Version, Description) = (version, description);

        public long Version { get; }

        public string Description { get; }
    }
}

namespace FluentMigrator.Infrastructure
{
    public interface IFluentSyntax;

    public interface IMigrationContext
    {
        ICollection<IMigrationExpression> Expressions { get; set; }
    }
}
