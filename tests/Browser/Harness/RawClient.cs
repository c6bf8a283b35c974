using System.Net.Sockets;
using System.Text;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Sends bytes to the store that no HTTP library would send, and hangs up when it likes.</summary>
internal static class RawClient
{
    /// <summary>How long a store may think about a request before the client gives up.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends a request, waits until the store hangs up, and gives its answer; null when it gave none.</summary>
    /// <param name="store">Where.</param>
    /// <param name="request">The request; a whole one asks the store to hang up.</param>
    /// <param name="isWhole">False for one of which a part is missing: nothing more is said to come, and the store need not answer.</param>
    public static async Task<RawAnswer?> SendAsync(Uri store, byte[] request, bool isWhole = true)
    {
        using var socket = await ConnectAsync(store, request);
        await using var stream = new NetworkStream(socket);
        if (!isWhole)
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
        const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";
        if (text.StartsWith(Continue, StringComparison.Ordinal))
            text = text[Continue.Length..];
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
