namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Every call of a gateway goes through here. What a gateway throws because an answer was not what it expected (a null row, a number
/// too large, a missing field) leaves as one kind of exception, so that it fails one call and nothing else.
/// </summary>
public static class GatewayBoundary
{
    /// <summary>Calls a gateway.</summary>
    /// <exception cref="GatewayException">
    /// The gateway's own; <see cref="GatewayFault.Timeout"/> for a cancellation; <see cref="GatewayFault.BadAnswer"/> for anything else,
    /// with the original inside. Neither says that nothing was created.
    /// </exception>
    public static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException exception)
        {
            throw new GatewayException(GatewayFault.Timeout, "no answer in time", exception);
        }
        catch (Exception exception) when (exception is not GatewayException)
        {
            throw new GatewayException(GatewayFault.BadAnswer, $"answered something that could not be processed: {Describe(exception)}", exception);
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public static Task CallAsync(Func<Task> call) => CallAsync(async () =>
    {
        await call();
        return true;
    });

    /// <summary>Lets a gateway read a webhook or verify its signature.</summary>
    /// <exception cref="FormatException">It could not; the message is for the log.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            throw new FormatException(GatewayHttp.Excerpt(exception.Message), exception);
        }
        catch (Exception exception)
        {
            throw new FormatException($"could not be processed: {Describe(exception)}", exception);
        }
    }

    /// <summary>The type and where it was thrown. Not the message: .NET's own quote what they could not read.</summary>
    private static string Describe(Exception exception) =>
        $"{exception.GetType().Name} {exception.StackTrace?.Split('\n')[0].Trim()}";
}
