using CryptoGateways.Sandbox;

try
{
    await using var store = await SandboxStore.StartAsync(args);
    Console.WriteLine($"Store: {store.Address} (shopper@example.com / shopper, admin@example.com / admin)");
    await store.WaitForShutdownAsync();
    return 0;
}
catch (IOException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
