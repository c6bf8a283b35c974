using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace CryptoGateways.Simulators.Shared;

/// <param name="BaseUrl">Scheme and host by which the caller reached the simulator, without a slash at the end.</param>
public sealed record ApiRequest(string BaseUrl, RouteValueDictionary Route, IHeaderDictionary Headers, IQueryCollection Query, string Body,
    string Path)
{
    public string Field(string name) =>
        Query.TryGetValue(name, out var value) || QueryHelpers.ParseQuery(Body).TryGetValue(name, out value) ? value.ToString() : "";

    /// <summary>The body if it is a JSON object, else null.</summary>
    public JsonElement? Json()
    {
        try
        {
            var root = JsonDocument.Parse(Body).RootElement;
            return root.ValueKind == JsonValueKind.Object ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

public sealed record ApiAnswer(int Status, string Body, string ContentType = "application/json; charset=utf-8", string? Location = null,
    int? RetryAfterSeconds = null);

/// <summary>One request as it came in; kept for tests and the panel.</summary>
public sealed class RecordedRequest
{
    public required int Id { get; init; }
    public required DateTimeOffset AtUtc { get; init; }
    public required string Endpoint { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
    public required string Body { get; init; }
    public string? Fault { get; set; }

    /// <summary>Null: no answer was given (yet, if not <see cref="Finished"/>).</summary>
    public int? AnswerStatus { get; set; }
    public bool Finished { get; set; }
}

/// <summary>Puts recording and faults around a provider's endpoints, which themselves are functions from request to answer.</summary>
public sealed class MerchantApi(WebApplication app, Provider provider, TimeProvider time)
{
    public void Map(string method, string path, string endpoint, Func<ApiRequest, ApiAnswer> work) =>
        app.MapMethods($"/{provider.Name}{path}", [method], (HttpContext http) => ServeAsync(http, endpoint, work));

    private async Task ServeAsync(HttpContext http, string endpoint, Func<ApiRequest, ApiAnswer> work)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = new ApiRequest($"{http.Request.Scheme}://{http.Request.Host}", http.Request.RouteValues, http.Request.Headers,
            http.Request.Query, await reader.ReadToEndAsync(http.RequestAborted), http.Request.Path.Value ?? "");
        var record = provider.Record(http.Request, endpoint, request.Body);
        var fault = provider.Faults.Take(endpoint);
        record.Fault = fault?.Kind;
        try
        {
            var answer = fault?.Effect is null or "before" ? provider.Gate.Change(() => work(request)) : null;
            var aborted = fault?.Kind is "refuse" or "lost";
            if (fault?.Kind == "delay")
                await Task.Delay(TimeSpan.FromSeconds(fault.Seconds), time, app.Lifetime.ApplicationStopping);
            if (fault?.Kind == "hold")
                aborted = !await provider.Faults.HoldAsync();
            if (fault?.Effect == "after")
                answer = provider.Gate.Change(() => work(request));
            if (aborted)
                http.Abort();
            else
                await WriteAsync(http, record, fault, request, answer ?? provider.Error(fault!.Status, request));
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            http.Abort();
        }
        finally
        {
            provider.Gate.Change(() => record.Finished = true);
        }
    }

    private async Task WriteAsync(HttpContext http, RecordedRequest record, Fault? fault, ApiRequest request, ApiAnswer answer)
    {
        answer = fault?.Kind switch
        {
            "status" => provider.Error(fault.Status, request),
            "html" => new(200, "<!doctype html><html><body><h1>Just a moment...</h1></body></html>", "text/html; charset=utf-8"),
            "truncated" => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
            "empty" => answer with { Body = "" },
            "huge" => answer with { Body = "{\"message\":\"" },
            _ => answer
        };
        record.AnswerStatus = http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.Headers.Date = provider.Gate.Read(() => provider.Now).ToString("R", CultureInfo.InvariantCulture);
        if (answer.Location is not null)
            http.Response.Headers.Location = answer.Location;
        if (answer.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsync(answer.Body);
        if (fault?.Kind != "huge")
            return;
        var megabyte = Encoding.ASCII.GetBytes(new string('a', 1 << 20));
        for (var sent = 0; sent < fault.Megabytes && !http.RequestAborted.IsCancellationRequested; sent++)
            await http.Response.Body.WriteAsync(megabyte);
        await http.Response.WriteAsync("\"}");
    }
}
