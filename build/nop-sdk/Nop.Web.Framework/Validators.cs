using FluentValidation;

namespace Nop.Web.Framework.Validators;

public abstract class BaseNopValidator<TModel> : AbstractValidator<TModel> where TModel : class
{
    protected BaseNopValidator()
    {
    }
}

/// <summary>nopCommerce validates while it binds, which cannot await.</summary>
public static class RuleBuilderOptionsExtension
{
    public static IRuleBuilderOptions<T, TProperty> WithMessageAwait<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, Func<Task<string>> errorMessage) =>
        rule.WithMessage(_ => errorMessage().GetAwaiter().GetResult());

    public static IRuleBuilderOptions<T, TProperty> MustAwait<T, TProperty>(this IRuleBuilder<T, TProperty> rule, Func<T, TProperty, Task<bool>> predicate) =>
        rule.Must((model, value) => predicate(model, value).GetAwaiter().GetResult());

    public static IRuleBuilderOptions<T, TProperty> WhenAwait<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, Func<T, Task<bool>> predicate,
        ApplyConditionTo applyConditionTo = ApplyConditionTo.AllValidators) =>
        rule.When(model => predicate(model).GetAwaiter().GetResult(), applyConditionTo);
}
