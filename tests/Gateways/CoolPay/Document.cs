using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Gateways.CoolPay;

/// <summary>
/// The examples of CoolPay's page "Introduction to Payments" (create, created, link, linked; the documented responses are excerpts), and a complete
/// payment with the fields that CoolPay's own clients read (payment).
/// </summary>
internal static class Document
{
    public static JsonObject Json(string name) => JsonNode.Parse(Text(name))!.AsObject();

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Document).Assembly.GetManifestResourceStream($"coolpay-{name}.json")!);
        return reader.ReadToEnd();
    }

    /// <summary>The complete payment with another state and other operations.</summary>
    public static JsonObject Payment(string state, params JsonObject[] operations)
    {
        var payment = Json("payment");
        payment["state"] = state;
        payment["accepted"] = operations.Any(operation => (string?)operation["type"] == "authorize" && (string?)operation["qp_status_code"] == "20000");
        payment["operations"] = new JsonArray([.. operations.Select((operation, i) =>
        {
            operation["id"] = i + 1;
            return operation;
        })]);
        return payment;
    }

    /// <summary>An operation: approved unless it has another code, pending without a code.</summary>
    public static JsonObject Operation(string type, decimal? amount = null, string? code = "20000") => new()
    {
        ["type"] = type,
        ["amount"] = amount,
        ["pending"] = code is null,
        ["qp_status_code"] = code,
        ["qp_status_msg"] = code switch { null => null, "20000" => "Approved", _ => "Rejected by acquirer" }
    };
}
