using System.Net.Sockets;
using System.Text;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Sends bytes to the store that no HTTP library would send, and hangs up when it likes.</summary>
internal static class RawClient
{
    /// <summary>How long a store may think about a request before the client gives up.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends a request, waits for the answer and hangs up; null when the store hung up without one.</summary>
    public static async Task<RawAnswer?> SendAsync(Uri store, byte[] request)
    {
        using var socket = await ConnectAsync(store, request);
        await using var stream = new NetworkStream(socket);
        socket.Shutdown(SocketShutdown.Send);
        using var patience = new CancellationTokenSource(_patience);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // The store hung up before it had read everything.
        }
        return RawAnswer.Read(Encoding.Latin1.GetString(answer.ToArray()));
    }

    /// <summary>Sends a part of a request and breaks the connection.</summary>
    public static async Task BreakAsync(Uri store, byte[] request)
    {
        using var socket = await ConnectAsync(store, request);
        // Without waiting for what was sent: the other side is told that the connection is broken.
        socket.LingerState = new LingerOption(true, 0);
    }

    private static async Task<Socket> ConnectAsync(Uri store, byte[] request)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(store.Host, store.Port);
        try
        {
            await socket.SendAsync(request);
        }
        catch (SocketException)
        {
            // The store had enough of it.
        }
        return socket;
    }
}

/// <summary>The first answer on a connection.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static RawAnswer? Read(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return null;

        var lines = text[..end].Split("\r\n");
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            lines.Skip(1).Select(line => line.Split(':', 2)).GroupBy(line => line[0], StringComparer.OrdinalIgnoreCase)
                .ToDictionary(header => header.Key, header => header.First()[1].Trim(), StringComparer.OrdinalIgnoreCase),
            text[(end + 4)..]);
    }
}
