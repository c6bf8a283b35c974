using System.Data;
using FluentMigrator.Model;

namespace FluentMigrator.Expressions
{
    public interface IMigrationExpression;

    public abstract class MigrationExpressionBase : IMigrationExpression;

    public class CreateTableExpression : MigrationExpressionBase
    {
        public virtual string TableName { get; set; }

        public virtual IList<ColumnDefinition> Columns { get; set; } = new List<ColumnDefinition>();
    }

    public class CreateIndexExpression : MigrationExpressionBase
    {
        public virtual IndexDefinition Index { get; set; } = new();
    }
}

namespace FluentMigrator.Model
{
    public class ColumnDefinition
    {
        public virtual string Name { get; set; }

        public virtual DbType? Type { get; set; }

        public virtual int? Size { get; set; }

        public virtual int? Precision { get; set; }

        public virtual bool IsIdentity { get; set; }

        public virtual bool IsPrimaryKey { get; set; }

        public virtual bool? IsNullable { get; set; }
    }

    public class IndexDefinition
    {
        public virtual string Name { get; set; }

        public virtual string TableName { get; set; }

        public virtual bool IsUnique { get; set; }

        public virtual ICollection<IndexColumnDefinition> Columns { get; set; } = new List<IndexColumnDefinition>();
    }

    public class IndexColumnDefinition
    {
        public virtual string Name { get; set; }
    }
}
