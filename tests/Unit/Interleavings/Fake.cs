using System.Reflection;

namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// An interface of the platform of which only some members do anything: rounds are many, and mocks are slow to make.
/// </summary>
public class Fake : DispatchProxy
{
    private Dictionary<string, Func<object?[], object?>> _answers = [];

    /// <param name="answers">What a member answers, by its name and, of overloads, the number of arguments.</param>
    public static T Of<T>(params (string Member, Func<object?[], object?> Answer)[] answers) where T : class
    {
        var fake = Create<T, Fake>();
        ((Fake)(object)fake)._answers = answers.ToDictionary(answer => answer.Member, answer => answer.Answer);
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
        if (!targetMethod.ReturnType.IsGenericType || targetMethod.ReturnType.GetGenericTypeDefinition() != typeof(Task<>))
            return targetMethod.ReturnType == typeof(Task) ? Task.CompletedTask : null;

        var result = targetMethod.ReturnType.GetGenericArguments()[0];
        var value = result.IsGenericType && result.GetGenericTypeDefinition() == typeof(IList<>) ? Array.CreateInstance(result.GetGenericArguments()[0], 0) : null;
        return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(result).Invoke(null, [value]);
    }
}
