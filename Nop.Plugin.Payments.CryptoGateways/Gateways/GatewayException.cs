namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A call to a provider failed. The message is for the log: it states the cause and contains no secret, no personal data, and no provider
/// text beyond a short, cleaned excerpt.
/// </summary>
public sealed class GatewayException(GatewayFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public GatewayFault Fault { get; } = fault;

    /// <summary>The body of the response with the key removed, for the gateway to parse. Never log or display it.</summary>
    public string? Answer { get; init; }

    /// <summary>The HTTP status of the response; null without a response.</summary>
    public int? StatusCode { get; init; }

    /// <summary>
    /// True if the provider certainly created no payment, so the attempt has failed. Otherwise the payment may exist.
    /// </summary>
    public bool CreatedNothing => Fault is GatewayFault.Refused or GatewayFault.BadKey or GatewayFault.Forbidden or GatewayFault.TooManyRequests or GatewayFault.NotCalled;
}

/// <summary>
/// Why a call to a provider failed. The numbers are stored: never renumber them.
/// </summary>
public enum GatewayFault
{
    /// <summary>No request was sent: calls to the provider are paused after repeated failures, or no time was left.</summary>
    NotCalled,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>No response in time.</summary>
    Timeout,

    /// <summary>401.</summary>
    BadKey,

    /// <summary>403 from the provider's API.</summary>
    Forbidden,

    /// <summary>Any other 4xx: the provider rejected the request.</summary>
    Refused,

    /// <summary>429.</summary>
    TooManyRequests,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>The response is not as documented.</summary>
    BadAnswer,

    /// <summary>A firewall or proxy in front of the provider rejected the request. Some also inspect responses, so the call may have reached the provider.</summary>
    Blocked,

    /// <summary>The response contains an invalid address for the coin's network. The attempt is on hold, see <see cref="Domain.CryptoPayment.IsOnHold"/>.</summary>
    BadAddress
}

/// <summary>
/// The boundary around every call to a gateway: whatever a gateway throws on an unexpected response leaves as one type of exception, so that it
/// fails only that call.
/// </summary>
public static class GatewayBoundary
{
    /// <summary>Calls a gateway.</summary>
    /// <exception cref="GatewayException">
    /// The gateway's own; <see cref="GatewayFault.Timeout"/> after a cancellation; otherwise <see cref="GatewayFault.BadAnswer"/> with the
    /// original exception inside. The last two are ambiguous: a payment may exist.
    /// </exception>
    public static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException exception)
        {
            throw new GatewayException(GatewayFault.Timeout, "no response in time", exception);
        }
        catch (Exception exception) when (exception is not GatewayException)
        {
            throw new GatewayException(GatewayFault.BadAnswer, $"the response could not be processed: {Describe(exception)}", exception);
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public static Task CallAsync(Func<Task> call) => CallAsync(async () =>
    {
        await call();
        return true;
    });

    /// <summary>Lets a gateway parse or verify a webhook.</summary>
    /// <exception cref="FormatException">The gateway failed; the message is for the log.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            throw new FormatException(ExternalText.Excerpt(exception.Message), exception);
        }
        catch (Exception exception)
        {
            throw new FormatException($"could not be processed: {Describe(exception)}", exception);
        }
    }

    /// <summary>The type and the top stack frame, without the message: .NET quotes unreadable input in it.</summary>
    private static string Describe(Exception exception) =>
        $"{exception.GetType().Name} {exception.StackTrace?.Split('\n')[0].Trim()}";
}
