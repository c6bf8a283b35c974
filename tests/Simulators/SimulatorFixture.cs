using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators;
using Microsoft.AspNetCore.Builder;

namespace CryptoGateways.Tests.Simulators;

/// <summary>The simulator on a free port of this machine, and a merchant who talks to it.</summary>
public abstract class SimulatorFixture
{
#pragma warning disable NUnit1032 // Stop disposes it, also before a restart.
    private WebApplication _app = null!;
#pragma warning restore NUnit1032

    protected HttpClient Http { get; private set; } = null!;

    /// <summary>The provider whose control API is used.</summary>
    protected virtual string ProviderName => "coinskro";

    protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>More of the simulator's command line.</summary>
    protected virtual string[] Options => [];

    [OneTimeSetUp]
    public async Task Start()
    {
        _app = Simulator.Build(["--urls", "http://127.0.0.1:0", .. Options], Time);
        await _app.StartAsync();
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(_app.Urls.First()) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_sandbox");
    }

    [SetUp]
    public Task Reset() => Control("reset");

    [OneTimeTearDown]
    public async Task Stop()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    protected async Task RestartAsync()
    {
        await Stop();
        await Start();
    }

    protected static string Payment(string reference) =>
        $$"""{"amount": 50.00, "currency": "USDT", "payment_type": "deposit", "payment_reference": "{{reference}}"}""";

    protected Task<HttpResponseMessage> Create(string body) =>
        Http.PutAsync("/coinskro/payment/create", new StringContent(body, Encoding.UTF8, "application/json"));

    protected Task<HttpResponseMessage> Info(string reference) => Http.GetAsync($"/coinskro/payment/info/{reference}");

    protected async Task<JsonNode?> Control(string path, object? body = null)
    {
        using var answer = await Http.PostAsJsonAsync($"/control/{ProviderName}/{path}", body ?? new { });
        answer.EnsureSuccessStatusCode();
        return await Json(answer);
    }

    protected async Task<JsonNode> Look(string path) => JsonNode.Parse(await Http.GetStringAsync($"/control/{ProviderName}/{path}"))!;

    protected static async Task<JsonNode?> Json(HttpResponseMessage answer) =>
        await answer.Content.ReadAsStringAsync() is { Length: > 0 } text ? JsonNode.Parse(text) : null;
}
