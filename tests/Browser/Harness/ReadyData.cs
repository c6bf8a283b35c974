using Microsoft.Data.Sqlite;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>
/// Data folders of stores in which the plugin is installed, active and configured. The first store of a configuration sets it up;
/// the others start with a copy, which takes half the time.
/// </summary>
internal static class ReadyData
{
    private static readonly SemaphoreSlim _gate = new(1);
    private static readonly Dictionary<string, (DirectoryInfo Data, Uri Provider)> _copies = [];

    /// <summary>Starts a store on an empty data folder and waits until the plugin is ready.</summary>
    public static async Task StartAsync(Provider provider, DirectoryInfo data, Func<Task> start)
    {
        var key = provider.Gateway.SetUp(new Uri("http://provider/"));
        (DirectoryInfo Data, Uri Provider) copy;
        await _gate.WaitAsync();
        try
        {
            if (!_copies.TryGetValue(key, out copy))
            {
                await start();
                copy = (Directory.CreateTempSubdirectory("crypto-ready-"), provider.Address);
                Copy(data, copy.Data);
                _copies[key] = copy;
                return;
            }
        }
        finally
        {
            _gate.Release();
        }

        Copy(copy.Data, data);
        await new StoreDatabase(Path.Combine(data.FullName, StoreDatabase.FileName)).MoveProviderAsync(copy.Provider, provider.Address);
        await start();
    }

    public static void Delete()
    {
        foreach (var (data, _) in _copies.Values)
            data.Delete(recursive: true);
    }

    /// <summary>Copies a data folder whose store may be running.</summary>
    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => !file.Name.StartsWith(StoreDatabase.FileName, StringComparison.Ordinal)))
        {
            var target = Path.Combine(to.FullName, Path.GetRelativePath(from.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }
        using var source = Open(from);
        using var copy = Open(to);
        source.BackupDatabase(copy);
    }

    private static SqliteConnection Open(DirectoryInfo data)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(data.FullName, StoreDatabase.FileName)};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }
}
