using System.Collections.Concurrent;
using System.Reflection;

namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// An interface of the platform of which only some members do anything. It is made much faster than a mock.
/// </summary>
public class Fake : DispatchProxy
{
    private static readonly ConcurrentDictionary<Type, object?> _defaults = [];

    private Dictionary<string, Func<object?[], object?>> _answers = [];
    private bool _strict;

    /// <param name="answers">What a member answers, by its name and, of overloads, the number of arguments.</param>
    public static T Of<T>(params (string Member, Func<object?[], object?> Answer)[] answers) where T : class
    {
        var fake = Create<T, Fake>();
        ((Fake)(object)fake)._answers = answers.ToDictionary(answer => answer.Member, answer => answer.Answer);
        return fake;
    }

    /// <summary>The same, and any other member throws.</summary>
    public static T Strict<T>(params (string Member, Func<object?[], object?> Answer)[] answers) where T : class
    {
        var fake = Of<T>(answers);
        ((Fake)(object)fake)._strict = true;
        return fake;
    }

    /// <summary>The same for a type that is known at run time only; it does nothing.</summary>
    public static object Of(Type type) => typeof(Fake).GetMethods().Single(method => method is { Name: nameof(Of), IsGenericMethod: true })
        .MakeGenericMethod(type).Invoke(null, [Array.Empty<(string, Func<object?[], object?>)>()])!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = targetMethod!.Name;
        if (_answers.TryGetValue(name, out var answer) || _answers.TryGetValue($"{name}/{args!.Length}", out answer))
            return answer(args!);
        return _strict ? throw new NotSupportedException($"{targetMethod.DeclaringType} {name}") : _defaults.GetOrAdd(targetMethod.ReturnType, DefaultOf);
    }

    /// <summary>What a member that does nothing answers: an empty list, or the type's default, inside a task where it is one.</summary>
    private static object? DefaultOf(Type type)
    {
        if (type == typeof(Task))
            return Task.CompletedTask;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Task<>))
            return type.IsValueType && type != typeof(void) ? Activator.CreateInstance(type) : null;

        var result = type.GetGenericArguments()[0];
        var value = result.IsGenericType && result.GetGenericTypeDefinition() == typeof(IList<>) ? Array.CreateInstance(result.GetGenericArguments()[0], 0) : null;
        return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(result).Invoke(null, [value]);
    }
}
