using System.Globalization;
using static CryptoGateways.Simulators.Shared.Html;

namespace CryptoGateways.Simulators.Shared;

/// <summary>The control panel: each form posts to the control API, which sends the browser back here.</summary>
public static class Panel
{
    private const int Shown = 25;

    private const string Style = """
        main { max-width: 1180px; margin: auto } h1 { font-size: 1.5rem; margin: 0 0 12px } h2 { font-size: 1.05rem; margin: 0 0 8px }
        section { background: #fff; border: 1px solid #dde3ea; border-radius: 10px; padding: 14px 16px; margin-bottom: 14px; overflow-x: auto }
        nav a { margin-right: 12px } form { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; margin: 4px 0 }
        .settings { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 8px 18px; align-items: start }
        .settings label { display: grid; gap: 2px; font-weight: 600 } .settings input, .settings select { width: 100%; font-weight: 400 }
        small { color: #5b6878; font-weight: 400 } .settings button { justify-self: start }
        table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 5px 10px 5px 0; border-top: 1px solid #e6eaef; vertical-align: top }
        th { border: 0; color: #5b6878; font-weight: 600 } pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0; font-size: 12.5px; max-width: 70vw }
        @media (max-width: 700px) { table, tbody, tr, td { display: block } tr:has(th) { display: none } tr { border-top: 1px solid #e6eaef; padding: 6px 0 } td { border: 0; padding: 1px 0 } pre { max-width: none } }
        summary { cursor: pointer } .s { display: inline-block; padding: 0 8px; border-radius: 9px; background: #e6eaef }
        .completed, .delivered { background: #cdeed5 } .failed, .cancelled, .in-appeal, .no-url { background: #f8d3d0 } .pending, .waiting, .linked, .lost { background: #fdebc3 }
        """;

    /// <param name="provider">The provider to show.</param>
    /// <param name="all">The providers to switch to.</param>
    /// <param name="address">The simulator's address as the browser has it.</param>
    public static string Render(Provider provider, IReadOnlyList<Provider> all, string address) => provider.Gate.Read(() =>
    {
        var at = $"/control/{provider.Name}";
        var tabs = string.Concat(all.Select(p => $"<a href=\"/?provider={Text(p.Name)}\">{Text(p.Title)}</a>"));
        return Page($"{provider.Title} simulator", Style, $"""
            <main><h1>{Text(provider.Title)} simulator</h1>
            <form method="post" action="{at}/reset"><nav>{tabs}<a href="{at}">all as JSON</a></nav><button>Reset everything</button></form>
            <section><h2>Enter in the shop</h2>{ShopSettings(provider, address)}</section>
            <section><h2>Payments</h2>{Payments(provider, at)}</section>
            <section><h2>Faults</h2>{Faults(provider, at)}</section>
            <section><h2>Settings</h2>{SettingFields(provider, at)}</section>
            <section><h2>Webhooks</h2>{Webhooks(provider, at)}</section>
            <section><h2>Requests of the merchant and the shopper</h2>{Requests(provider)}</section></main>
            """);
    });

    private static string ShopSettings(Provider provider, string address) => Table([("Base URL", address + provider.BasePath), .. provider.ShopSettings], ["Field", "Value"],
        key => [Text(key.Item1), $"<code>{Text(key.Item2.Replace("{address}", address))}</code>"]);

    private static string Payments(Provider provider, string at) => Table(Newest(provider.Payments), ["Created (UTC)", "Reference", "Amount", "Status", "Make it"], p =>
    {
        var path = $"{at}/payments/{Uri.EscapeDataString(p.Reference)}";
        var buttons = provider.Actions.Where(a => a != "status").Select(a => $"<button formaction=\"{Text(path)}/{a}\">{Text(a)}</button>");
        return
        [
            $"{p.CreatedUtc:HH:mm:ss}",
            $"<a href=\"{Text(path)}\">{Text(p.Reference)}</a><br><a href=\"{Text(p.PayUrl)}\"><small>pay page</small></a>",
            $"{Text(p.Amount)} {Text(p.Currency)}", State(p.Status),
            $"""
            <details><summary>actions</summary>{Form(path, string.Concat(buttons))}
            {Form($"{path}/status", Select("status", provider.Statuses, p.Status) + Input("amount", "", "reported amount") + "<button>set status</button>")}
            {Form($"{path}/webhook", Select("kind", Provider.WebhookKinds) + "<button>send webhook</button>")}</details>
            """
        ];
    });

    private static string Faults(Provider provider, string at) =>
        Form($"{at}/faults", Select("endpoint", provider.Endpoints, label: "endpoint") + Select("kind", Fault.Kinds, label: "kind")
            + Input("times", "1", "next N requests (empty: until reset)", 3) + Select("effect", ["", "before", "after", "none"], label: "work done")
            + Input("seconds", "", "seconds", 3) + Select("status", ["", "401", "403", "404", "429", "500", "502"], label: "status")
            + "<button>Add</button>")
        + string.Concat(provider.Faults.Waiting.Select(f => $"<div>{Text(f.Endpoint)}: <b>{Text(f.Kind)}</b>, {(f.Times is { } n ? $"next {n}" : "until reset")}, work {Text(f.Effect)}</div>"))
        + Form($"{at}/faults/release", $"{provider.Faults.Held} answers held <button>Release</button><button name=\"then\" value=\"abort\">Abort</button>"
            + $"<button formaction=\"{at}/faults/clear\">Clear all faults</button>");

    private static string SettingFields(Provider provider, string at) =>
        $"<form class=\"settings\" method=\"post\" action=\"{at}/settings\">" + string.Concat(provider.Settings.Declared.Select(s =>
            $"<div>{(s.Choices.Length > 0 ? Select(s.Name, s.Choices, provider.Settings[s.Name], s.Name) : Input(s.Name, provider.Settings[s.Name], s.Name))}<small>{Text(s.Help)}</small></div>"))
        + "<button>Save settings</button></form>";

    private static string Webhooks(Provider provider, string at) => Table(Newest(provider.Webhooks.Deliveries), ["Id", "Reference", "Event", "State", "Attempts", ""], d =>
    [
        Text(d.Id), Text(d.Reference), $"{Text(d.EventType)}<br><small>{Text(d.Kind)}</small>", State(d.State),
        string.Join("<br>", d.Attempts.Select(a => $"{a.AtUtc:HH:mm:ss} {Text(a.Status?.ToString(CultureInfo.InvariantCulture) ?? a.Error)}")),
        Form($"{at}/webhooks/{d.Id}/redeliver", "<button>send again</button>") + Details(string.Join('\n', d.Headers.Select(h => $"{h.Key}: {h.Value}")) + "\n\n" + d.Body)
    ]);

    private static string Requests(Provider provider) => Table(Newest(provider.Requests), ["Time (UTC)", "Request", "Fault", "Answer"], r =>
    [
        $"{r.AtUtc:HH:mm:ss}", Text($"{r.Method} {r.Path}") + Details(string.Join('\n', r.Headers.Select(h => $"{h.Key}: {h.Value}")) + "\n\n" + r.Body), Text(r.Fault),
        Text(r.AnswerStatus?.ToString(CultureInfo.InvariantCulture) ?? (r.Finished ? "none" : "open"))
    ]);

    private static string State(string state) => $"<span class=\"s {Text(state)}\">{Text(state)}</span>";

    private static string Details(string text) => $"<details><summary>details</summary><pre>{Text(text)}</pre></details>";

    private static List<T> Newest<T>(List<T> rows) => [.. Enumerable.Reverse(rows).Take(Shown)];

    private static string Table<T>(List<T> rows, string[] heads, Func<T, string[]> cells) => rows.Count == 0 ? "<small>none yet</small>"
        : $"<table><tr>{string.Concat(heads.Select(h => $"<th>{Text(h)}</th>"))}</tr>"
        + string.Concat(rows.Select(r => $"<tr>{string.Concat(cells(r).Select(c => $"<td>{c}</td>"))}</tr>")) + "</table>";
}
