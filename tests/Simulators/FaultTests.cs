using System.Net;

namespace CryptoGateways.Tests.Simulators;

public sealed class FaultTests : SimulatorFixture
{
    [TestCase("refuse", false)]
    [TestCase("lost", true)]
    public async Task Without_an_answer_the_connection_breaks(string kind, bool made)
    {
        await Control("faults", new { endpoint = "create", kind, times = 1 });

        Assert.That(async () => await Create(Payment("gone")), Throws.InstanceOf<HttpRequestException>());
        Assert.That(await Exists("gone"), Is.EqualTo(made));
    }

    [TestCase("status", 502, "application/json", "{\"message\":\"Failed to reach", false)]
    [TestCase("html", 200, "text/html", "<!doctype html>", false)]
    [TestCase("truncated", 200, "application/json", "{\"message\":\"Payment created\"", true)]
    [TestCase("empty", 200, "application/json", "", true)]
    [TestCase("huge", 200, "application/json", "{\"message\":\"aaaa", true)]
    public async Task A_wrong_answer_comes_once(string kind, int status, string type, string text, bool made)
    {
        await Control("faults", new { endpoint = "create", kind, times = 1, status = 502, megabytes = 1 });

        using var answer = await Create(Payment("odd"));
        using var next = await Create(Payment("even"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.That(body, text.Length == 0 ? Is.Empty : Does.StartWith(text));
        Assert.That(await Exists("odd"), Is.EqualTo(made));
        Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_truncated_answer_is_no_json()
    {
        await Control("faults", new { endpoint = "create", kind = "truncated" });

        using var answer = await Create(Payment("half"));

        Assert.That(async () => await Json(answer), Throws.InstanceOf<System.Text.Json.JsonException>());
    }

    [Test]
    public async Task A_held_answer_waits_while_its_work_is_done()
    {
        await Control("faults", new { endpoint = "create", kind = "hold", times = 1 });
        var answer = Create(Payment("held"));
        await Look("wait?for=held");

        Assert.That(await Exists("held"), Is.True);
        Assert.That(answer.IsCompleted, Is.False);
        await Control("faults/release");
        Assert.That((await answer).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_held_answer_can_be_lost()
    {
        await Control("faults", new { endpoint = "create", kind = "hold", times = 1 });
        var answer = Create(Payment("held"));
        await Look("wait?for=held");

        await Control("faults/release", new { then = "abort" });

        Assert.That(async () => await answer, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task A_fault_without_times_lasts_until_it_is_cleared()
    {
        await Create(Payment("there"));
        await Control("faults", new { endpoint = "info", kind = "status", status = 404 });

        using var first = await Info("there");
        using var second = await Info("there");
        await Http.DeleteAsync("/control/coinskro/faults");
        using var third = await Info("there");

        Assert.That(new[] { (int)first.StatusCode, (int)second.StatusCode, (int)third.StatusCode }, Is.EqualTo(new[] { 404, 404, 200 }));
    }

    private async Task<bool> Exists(string reference)
    {
        using var answer = await Info(reference);
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
