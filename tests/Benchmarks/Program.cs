using System.Globalization;
using System.Runtime.InteropServices;
using CryptoGateways.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] all = ["reconciler", "limited", "webhooks", "pages"];
var names = args.TakeWhile(argument => all.Contains(argument)).ToList();
var numbers = args.Skip(names.Count).Select(argument => int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
if (numbers.Exists(number => number < Backlog.PaidOneIn) || numbers.Count > 0 && names is not [_])
{
    Console.Error.WriteLine($"Usage: {string.Join(" | ", all)}, any of them (none: all); or one of them and numbers of payments or pages, at least {Backlog.PaidOneIn}.");
    return 2;
}

Console.WriteLine(FormattableString.Invariant(
    $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}, load {Load()}"));
foreach (var name in names.Count > 0 ? names : [.. all])
{
    Console.WriteLine();
    await (name switch
    {
        "reconciler" => ReconcilerBenchmark.RunAsync(numbers.Count > 0 ? numbers : [1_000, 10_000, 100_000]),
        "limited" => LimitedBenchmark.RunAsync(numbers.Count > 0 ? numbers[0] : 1_000),
        "pages" => PagesBenchmark.RunAsync(numbers.Count > 0 ? numbers : [200, 1_000]),
        _ => WebhookBenchmark.RunAsync()
    });
}

Console.WriteLine($"\nload at the end {Load()}");
return 0;

// Of the last minute, five and fifteen; what else runs on the machine shows in it.
static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";
