using System.Reflection;
using System.Runtime.Loader;

namespace CryptoGateways.Tests.ApiCompatibility.Packaging;

/// <summary>
/// A process of its own that loads the packed plugin the way a store does (LoadFrom into the default context, GetTypes),
/// and another plugin with another QRCoder before or after it. What it prints is looked at by <see cref="QrCoderBesideAnotherTests"/>.
/// </summary>
internal static class QrCoderHost
{
    public const string Before = "before";
    public const string After = "after";

    /// <param name="args">The plugin's dll; then, if there is another plugin: before or after, and its folder.</param>
    private static void Main(string[] args)
    {
        var (order, folder) = args.Length > 1 ? (args[1], args[2]) : ("", "");
        if (order == Before)
            UseOther(folder);

        var plugin = Assembly.LoadFrom(args[0]);
        Console.WriteLine($"types: {plugin.GetTypes().Length > 0}");
        PrintQrCoders("scanned");

        var draw = plugin.GetType("Nop.Plugin.Payments.CryptoGateways.Services.PayPage.QrCode")!.GetMethod("Svg")!;
        Console.WriteLine($"svg: {draw.Invoke(null, ["bitcoin:bc1qtest?amount=0.01", "label"])}");
        if (order == After)
            UseOther(folder);

        Console.WriteLine($"svg again: {draw.Invoke(null, ["bitcoin:bc1qtest?amount=0.01", "label"])}");
        PrintQrCoders("drawn");
    }

    private static void UseOther(string folder)
    {
        var other = Directory.GetFiles(folder, "*.dll").Select(Assembly.LoadFrom).Single(dll => dll.GetName().Name == "Other");
        Console.WriteLine($"other: {other.GetType("Other")!.GetMethod("Use")!.Invoke(null, null)}");
    }

    private static void PrintQrCoders(string when) => Console.WriteLine($"{when}: " + string.Join(", ",
        from assembly in AppDomain.CurrentDomain.GetAssemblies()
        let name = assembly.GetName()
        where name.Name == "QRCoder"
        orderby name.Version
        select $"{name.Version} in {AssemblyLoadContext.GetLoadContext(assembly)!.Name}"));
}
