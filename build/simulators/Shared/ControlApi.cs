using System.Text.Encodings.Web;
using System.Text.Json;

namespace CryptoGateways.Simulators.Shared;

/// <summary>The JSON control API of README.md. A form gets the same effect and a redirect back to the panel.</summary>
public static class ControlApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true
    };

    public static void Map(WebApplication app, IReadOnlyList<Provider> providers)
    {
        var all = app.MapGroup("/control").AddEndpointFilter(AnswerErrorsAndFormsAsync);
        all.MapGet("", () => Show(null, () => new { providers = providers.Select(p => p.Name) }));
        all.MapPost("/reset", () =>
        {
            foreach (var provider in providers)
                provider.Reset();
            return Results.NoContent();
        });
        foreach (var provider in providers)
            Map(all.MapGroup($"/{provider.Name}"), provider);
    }

    private static void Map(RouteGroupBuilder group, Provider provider)
    {
        IResult Show(Func<object> value) => ControlApi.Show(provider, value);
        SimPayment Find(string reference) => provider.Gate.Read(() => provider.Find(reference)) ?? throw new KeyNotFoundException($"no payment '{reference}'");

        group.MapGet("", () => Show(() => new
        {
            settings = provider.Settings.Values,
            faults = provider.Faults.Waiting,
            held = provider.Faults.Held,
            payments = provider.Payments.Select(p => (object)p),
            webhooks = provider.Webhooks.Deliveries,
            requests = provider.Requests
        }));
        group.MapPost("/reset", () =>
        {
            provider.Reset();
            return Results.NoContent();
        });
        group.MapPost("/settings", async (HttpRequest request) =>
        {
            var args = await Args.ReadAsync(request);
            provider.Gate.Change(() => args.Values.ToList().ForEach(v => provider.Settings.Set(v.Key, v.Value.Trim())));
            return Show(() => provider.Settings.Values);
        });

        group.MapGet("/payments", () => Show(() => provider.Payments.Select(p => (object)p)));
        group.MapGet("/payments/{reference}", (string reference) => Show(() => Find(reference)));
        group.MapPost("/payments/{reference}/webhook", async (string reference, HttpRequest request) =>
        {
            var args = await Args.ReadAsync(request);
            var deliveries = provider.Gate.Change(() => provider.Send(Find(reference), args));
            await Task.WhenAll(deliveries.Select(d => d.FirstAttempt()));
            return Show(() => deliveries);
        });
        group.MapPost("/payments/{reference}/{act}", async (string reference, string act, HttpRequest request) =>
        {
            var args = await Args.ReadAsync(request);
            if (!provider.Actions.Contains(act))
                throw new KeyNotFoundException($"no action '{act}'");
            provider.Gate.Change(() => provider.Act(Find(reference), act, args));
            return Show(() => Find(reference));
        });

        group.MapGet("/webhooks", () => Show(() => provider.Webhooks.Deliveries));
        group.MapPost("/webhooks/{id:int}/redeliver", async (int id) =>
        {
            var delivery = provider.Gate.Read(() => provider.Webhooks.Deliveries.Find(d => d.Id == id)) ?? throw new KeyNotFoundException($"no delivery {id}");
            if ((delivery.Url ?? provider.Settings["webhookUrl"]) is not { Length: > 0 } url)
                throw new ArgumentException("'webhookUrl' is not set");
            await provider.Webhooks.RedeliverAsync(delivery, url);
            return Show(() => delivery);
        });
        group.MapGet("/requests", (string? endpoint) => Show(() => provider.Requests.Where(r => endpoint is null || r.Endpoint == endpoint)));

        group.MapPost("/faults", async (HttpRequest request) =>
        {
            provider.Faults.Add(Fault.From(await Args.ReadAsync(request), provider.Endpoints));
            return Show(() => provider.Faults.Waiting);
        });
        IResult ClearFaults()
        {
            provider.Faults.Clear(answer: true);
            return Results.NoContent();
        }
        group.MapDelete("/faults", ClearFaults);
        group.MapPost("/faults/clear", ClearFaults);
        group.MapPost("/faults/release", async (HttpRequest request) =>
        {
            var then = (await Args.ReadAsync(request)).Text("then", "answer", "answer", "abort");
            return Show(() => new { released = provider.Faults.Release(then == "answer") });
        });

        group.MapGet("/wait", async (string? @for, int? count, double? seconds, string? endpoint, string? state, CancellationToken cancel) =>
        {
            Func<int> counted = @for switch
            {
                "held" => () => provider.Faults.Held,
                "requests" => () => provider.Requests.Count(r => r.Finished && (endpoint is null || r.Endpoint == endpoint)),
                "webhooks" => () => provider.Webhooks.Deliveries.Count(d => state is null || d.State == state),
                "payments" => () => provider.Payments.Count(p => state is null || p.Status == state),
                _ => throw new ArgumentException("'for' is held, requests, webhooks or payments")
            };
            var happened = await provider.Gate.WaitAsync(() => counted() >= (count ?? 1), TimeSpan.FromSeconds(seconds ?? 10), cancel);
            return Results.Json(new { count = provider.Gate.Read(counted) }, Json, statusCode: happened ? 200 : 408);
        });
    }

    /// <summary>Serialized inside the gate, so that what is shown is one moment.</summary>
    private static IResult Show(Provider? provider, Func<object> value)
    {
        string Serialize() => JsonSerializer.Serialize(value(), Json);
        return Results.Text(provider is null ? Serialize() : provider.Gate.Read(Serialize), "application/json; charset=utf-8");
    }

    private static async ValueTask<object?> AnswerErrorsAndFormsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            var answer = await next(context);
            if (!context.HttpContext.Request.HasFormContentType)
                return answer;
            context.HttpContext.Response.Headers.Location = context.HttpContext.Request.Headers.Referer is [{ } panel] ? panel : "/";
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException)
        {
            return Results.Json(new { error = e.Message }, Json, statusCode: e is ArgumentException ? 400 : 404);
        }
    }
}
