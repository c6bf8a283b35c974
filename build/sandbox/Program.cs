using System.Runtime.InteropServices;
using CryptoGateways.Sandbox;

// Whoever presses Ctrl-C while the store is set up wants no stack trace.
var stopping = false;
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => stopping = true);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => stopping = true);
try
{
    await using var store = await SandboxStore.StartAsync(args);
    Console.WriteLine($"Store: {store.Address} (shopper@example.com / shopper, admin@example.com / admin)");
    await store.WaitForShutdownAsync();
    return 0;
}
catch (Exception) when (stopping)
{
    return 0;
}
catch (IOException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
