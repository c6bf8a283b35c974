using System.Net;
using System.Text.RegularExpressions;

namespace CryptoGateways.Tests.Simulators;

/// <summary>A simulator with a data folder goes on after a restart as if nothing had happened.</summary>
public sealed partial class RestartTests : CoolPayFixture
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("crypto-simulators-");

    protected override string[] Options => ["--Data", _data.FullName];

    [OneTimeTearDown]
    public void Delete() => _data.Delete(recursive: true);

    [Test]
    public async Task Payments_survive_and_no_id_is_given_twice()
    {
        var id = await Authorized();
        var before = await PaymentsAsync();

        await RestartAsync();

        Assert.That(await PaymentsAsync(), Is.EqualTo(before).And.Contains("authorize"));
        Assert.That(await Make("1002"), Is.GreaterThan(id));
        await Do(HttpMethod.Post, $"payments/{id}/capture", new { amount = 1000 });
    }

    [Test]
    public async Task A_payment_is_still_found_by_its_key_only()
    {
        (await Create(Payment("kept"))).EnsureSuccessStatusCode();

        await RestartAsync();

        using var found = await Info("kept");
        Assert.That(found.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var again = await Create(Payment("kept"));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    /// <summary>The port is another one after a restart.</summary>
    private async Task<string> PaymentsAsync() => Port().Replace((await Look("payments")).ToJsonString(), "");

    [GeneratedRegex(@"(?<=127\.0\.0\.1):\d+")]
    private static partial Regex Port();
}
