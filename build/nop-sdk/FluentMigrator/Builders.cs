using System.Data;
using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Builders.Create.Table;
using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using FluentMigrator.Model;

namespace FluentMigrator.Builders
{
    public abstract class ExpressionBuilderBase<T>
    {
        protected ExpressionBuilderBase(T expression) => Expression = expression;

        public T Expression { get; }
    }

    public abstract class ExpressionBuilderWithColumnTypesBase<T, TNext> : ExpressionBuilderBase<T>, IColumnTypeSyntax<TNext>
        where TNext : IFluentSyntax
    {
        protected ExpressionBuilderWithColumnTypesBase(T expression) : base(expression)
        {
        }

        public abstract ColumnDefinition GetColumnForType();

        public TNext AsDecimal(int size, int precision) => As(DbType.Decimal, size, precision);

        public TNext AsString(int size) => As(DbType.String, size);

        private TNext As(DbType type, int? size = null, int? precision = null)
        {
            var column = GetColumnForType();
            (column.Type, column.Size, column.Precision) = (type, size, precision);
            return (TNext)(object)this;
        }
    }
}

namespace FluentMigrator.Builders.Create
{
    public class CreateExpressionRoot : ICreateExpressionRoot
    {
        private readonly IMigrationContext _context;

        public CreateExpressionRoot(IMigrationContext context) => _context = context;

        public ICreateTableWithColumnOrSchemaOrDescriptionSyntax Table(string tableName)
        {
            var expression = new CreateTableExpression { TableName = tableName };
            _context.Expressions.Add(expression);
            return new CreateTableExpressionBuilder(expression, _context);
        }

        public ICreateIndexForTableSyntax Index(string indexName)
        {
            var expression = new CreateIndexExpression { Index = { Name = indexName } };
            _context.Expressions.Add(expression);
            return new CreateIndexExpressionBuilder(expression);
        }
    }
}

namespace FluentMigrator.Builders.Create.Table
{
    public class CreateTableExpressionBuilder :
        ExpressionBuilderWithColumnTypesBase<CreateTableExpression, ICreateTableColumnOptionOrWithColumnSyntax>,
        ICreateTableWithColumnOrSchemaOrDescriptionSyntax,
        ICreateTableColumnAsTypeSyntax,
        ICreateTableColumnOptionOrForeignKeyCascadeOrWithColumnSyntax
    {
        public CreateTableExpressionBuilder(CreateTableExpression expression, IMigrationContext context) : base(expression)
        {
        }

        public ColumnDefinition CurrentColumn { get; set; }

        public override ColumnDefinition GetColumnForType() => CurrentColumn;

        public ICreateTableColumnAsTypeSyntax WithColumn(string name)
        {
            CurrentColumn = new ColumnDefinition { Name = name };
            Expression.Columns.Add(CurrentColumn);
            return this;
        }

        public ICreateTableColumnOptionOrWithColumnSyntax NotNullable() => With(column => column.IsNullable = false);

        public ICreateTableColumnOptionOrWithColumnSyntax Nullable() => With(column => column.IsNullable = true);

        private CreateTableExpressionBuilder With(Action<ColumnDefinition> change)
        {
            change(CurrentColumn);
            return this;
        }
    }
}

namespace FluentMigrator.Builders.Create.Index
{
    public class CreateIndexExpressionBuilder :
        ExpressionBuilderBase<CreateIndexExpression>,
        ICreateIndexForTableSyntax,
        ICreateIndexOnColumnOrInSchemaSyntax,
        ICreateIndexColumnOptionsSyntax,
        ICreateIndexMoreColumnOptionsSyntax,
        ICreateIndexOptionsSyntax
    {
        public CreateIndexExpressionBuilder(CreateIndexExpression expression) : base(expression)
        {
        }

        public ICreateIndexOnColumnOrInSchemaSyntax OnTable(string tableName)
        {
            Expression.Index.TableName = tableName;
            return this;
        }

        public ICreateIndexColumnOptionsSyntax OnColumn(string columnName)
        {
            Expression.Index.Columns.Add(new IndexColumnDefinition { Name = columnName });
            return this;
        }

        public ICreateIndexMoreColumnOptionsSyntax Ascending() => this;

        public ICreateIndexOptionsSyntax WithOptions() => this;

        ICreateIndexOnColumnSyntax ICreateIndexOptionsSyntax.Unique()
        {
            Expression.Index.IsUnique = true;
            return this;
        }
    }
}
