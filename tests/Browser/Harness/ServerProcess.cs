using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>A web server in a process of its own.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    /// <summary>A store takes a few seconds to start; on a machine that is busy with other things, minutes.</summary>
    private static readonly TimeSpan _startTime = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string dll, IEnumerable<string> arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [dll, .. arguments])
            {
                WorkingDirectory = Path.GetDirectoryName(dll),
                RedirectStandardOutput = true,
                RedirectStandardError = true
            },
            EnableRaisingEvents = true
        };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) =>
        {
            _output.Enqueue($"{Path.GetFileName(dll)} ended with code {_process.ExitCode}.");
            _address.TrySetException(new InvalidOperationException(Output));
        };
    }

    /// <summary>Where it listens, as it says in its first line.</summary>
    public Uri Address => _address.Task.Result;

    /// <summary>What it wrote to the console.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Processor time that it used so far, and the most memory (working set, in bytes) that it had at any moment.</summary>
    public (TimeSpan ProcessorTime, long PeakMemory) Usage
    {
        get
        {
            _process.Refresh();
            return (_process.TotalProcessorTime, _process.PeakWorkingSet64);
        }
    }

    /// <summary>Ends when it has told its address.</summary>
    public static async Task<ServerProcess> StartAsync(string dll, params IEnumerable<string> arguments)
    {
        var server = new ServerProcess(dll, arguments);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await server._address.Task.WaitAsync(_startTime);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kill -9: no handler, no finally block runs.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await DiedAsync();
    }

    /// <summary>Ends when the process has died.</summary>
    public Task DiedAsync() => _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (AddressLine().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"^(?:Store|Provider simulators): (http://\S+)")]
    private static partial Regex AddressLine();
}
