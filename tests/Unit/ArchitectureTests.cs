using System.Reflection;
using System.Text.RegularExpressions;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.CryptoGateways;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Rules that keep the plugin's parts apart.
/// </summary>
public sealed partial class ArchitectureTests
{
    private const string Registration = "Infrastructure/NopStartup.cs";

    [Test]
    public void The_sources_are_found()
    {
        Assert.That(Sources.Code, Does.ContainKey(Registration).And.ContainKey("Views/Public/Order.cshtml"));
        Assert.That(Sources.GatewayFolders, Is.Not.Empty);
    }

    [Test]
    public void No_code_outside_a_gateways_folder_and_the_registration_names_it() =>
        Assert.That(
            from file in Sources.Code
            where file.Key != Registration
            from name in Sources.GatewayFolders.Union(Registered.GatewayNames, StringComparer.OrdinalIgnoreCase)
            where (file.Key + file.Value).Contains(name, StringComparison.OrdinalIgnoreCase) && !file.Key.StartsWith($"Gateways/{name}/", StringComparison.OrdinalIgnoreCase)
            select $"{file.Key} names {name}", Is.Empty);

    [Test]
    public void Every_gateway_folder_is_registered_under_its_own_name() =>
        Assert.That(Sources.GatewayFolders.Select(folder => folder.ToLowerInvariant()), Is.EquivalentTo(Registered.GatewayNames));

    [Test]
    public void One_class_writes_payments() =>
        Assert.That(WritersOf("CryptoPayment"), Is.EquivalentTo(new[] { "AttemptStore" }));

    [Test]
    public void One_class_holds_the_payment_events() =>
        Assert.That(ClassesWith("IRepository<PaymentEvent>"), Is.EqualTo(new[] { "PaymentEventService" }));

    /// <summary>The platform's table of versions has a unique index: of two migrations with one version the second cannot be installed.</summary>
    [Test]
    public void No_two_migrations_have_the_same_version()
    {
        var versions = typeof(CryptoGatewaysDefaults).Assembly.GetTypes().Select(type => type.GetCustomAttribute<NopMigrationAttribute>()?.Version).OfType<long>().ToList();
        Assert.That(versions, Is.Not.Empty.And.Unique);
    }

    [Test]
    public void One_class_writes_leases_and_nobody_writes_orders_past_the_platform()
    {
        Assert.That(WritersOf("Lease"), Is.EqualTo(new[] { "OrderLock" }));
        Assert.That(WritersOf("Order"), Is.Empty);
    }

    [TestCase(@"\.MarkOrderAsPaidAsync\(", "OrderSettlement")]
    [TestCase(@"\.CreateAsync\(request, settings", "PaymentCreator")]
    [TestCase(@"\boperate\(new", "OperationCaller")]
    [TestCase(@"\.FindAsync\(PaymentHandle", "ProviderLookup")]
    [TestCase(@"\bPaymentDecision\.Decide\(", "PaymentSynchronizer")]
    [TestCase(@"\.(PaymentStatus|OrderStatus|PaidDateUtc) = ", "OrderReopening")]
    [TestCase(@"\.AdjustInventoryAsync\(", "OrderReopening")]
    [TestCase(@"\bhttpClientFactory\.CreateClient\(", "GatewayHttp")]
    [TestCase(@"\.(Encrypt|Decrypt)Text\(", "SecretProtector")]
    [TestCase(@"\.VerifyingAsync\(", "WebhookProcessor", Description = "a replaced secret verifies webhooks and is part of no call")]
    [TestCase(@"\b(string|String)\.Format\(|\bCompositeFormat\b|\bAppendFormat\(|\bFormattableStringFactory\b", "EditableText")]
    [TestCase(@"\bIWebHelper\b|GetStoreLocation|[Rr]equest\.(Host|Scheme|IsHttps|GetDisplayUrl|GetEncodedUrl)\b|HeaderNames\.Host\b", "StoreUrls",
        Description = "the sender of a request writes its host: no address that others get may come from it")]
    public void What_must_be_done_in_one_way_is_done_in_one_place(string call, string onlyCaller) =>
        Assert.That(ClassesWith(call), Is.EqualTo(new[] { onlyCaller }));

    /// <summary>A gateway call ends with settings and token. Capture, void and refund are handed to the one class that calls them.</summary>
    [Test]
    public void Every_call_of_a_gateway_goes_through_the_boundary() =>
        Assert.That(
            from file in Sources.Code
            where !file.Key.StartsWith("Gateways/", StringComparison.Ordinal)
            from line in file.Value.Split('\n')
            where GatewayCall().IsMatch(line) && !line.Contains("GatewayBoundary.", StringComparison.Ordinal) && !HandedOn().IsMatch(line)
            select $"{file.Key}: {line.Trim()}", Is.Empty);

    [TestCase(@"\b(float|(?<!(Histogram|InstrumentAdvice)<)double)\b", Description = "money is decimal; measured times are what meters take")]
    [TestCase(@"\bT\([^()]*,", Description = "T with values throws on a stray brace in the text, and does not encode the values: see EditableText")]
    [TestCase(@"Html\.Raw\(|new HtmlString\(", Description = "no text reaches a page unescaped")]
    public void No_code_holds(string pattern) =>
        Assert.That(Sources.Code.Where(file => Regex.IsMatch(WithoutComments(file.Value), pattern)).Select(file => file.Key), Is.Empty);

    /// <summary>On the provider's word, on an administrator's, or after the platform wrote what an operation led to.</summary>
    [TestCase(@"\.ApplyAsync\(payment, order, decision", "PaymentSynchronizer", "ManualSettlement", "OperationCompletion")]
    [TestCase(@"\battempts\.WriteAsync\(payment, facts", "PaymentSynchronizer", "ManualSettlement")]
    public void Few_classes_settle_payments_and_orders(string call, params string[] callers) =>
        Assert.That(ClassesWith(call), Is.EquivalentTo(callers));

    /// <summary>
    /// What people read about a payment comes from <c>PaymentSummary</c>: nobody who draws a page, a list, a file or a mail looks at the
    /// stored status or amounts, so that no two of them can disagree. The report counts stored statuses in the database.
    /// </summary>
    [Test]
    public void Whatever_people_read_about_a_payment_comes_from_its_summary() =>
        Assert.That(
            from file in Sources.Code
            where Regex.IsMatch(file.Key, "^(Factories|Views|Components|Models|Services/(PayPage|Notifications|Reports))/") && !Regex.IsMatch(file.Key, "Payment(Report|Search)|GatewayHealth")
            from line in WithoutComments(file.Value).Split('\n')
            where StoredState().IsMatch(line)
            select $"{file.Key}: {line.Trim()}", Is.Empty);

    private static IEnumerable<string> WritersOf(string entity) =>
        (from file in Sources.Code
         from repository in Regex.Matches(file.Value, $@"\bIRepository<{entity}> (\w+)")
         let owner = ClassAt(file, repository.Index)
         from write in Regex.Matches(file.Value, $@"\b{repository.Groups[1].Value}\s*\.(Insert|Update|Delete|Truncate)\w*\(")
         where ClassAt(file, write.Index) == owner
         select owner).Distinct();

    /// <summary>The classes whose code matches the pattern; a view counts as a class.</summary>
    private static IEnumerable<string> ClassesWith(string pattern) =>
        (from file in Sources.Code
         from match in Regex.Matches(file.Value, pattern)
         select ClassAt(file, match.Index)).Distinct();

    /// <summary>The top-level type declared last before a position in a file.</summary>
    private static string ClassAt(KeyValuePair<string, string> file, int position) =>
        TopLevelType().Matches(file.Value).LastOrDefault(type => type.Index <= position)?.Groups[1].Value ?? Path.GetFileNameWithoutExtension(file.Key);

    private static string WithoutComments(string code) => Comment().Replace(code, string.Empty);

    [GeneratedRegex(@"\.\w+Async\(.*\bsettings, (cancellationToken|CancellationToken\.None|\w+\.Token)\)|\boperate\(new|\.Verify\(request, settings\)|ateway\.Read\(")]
    private static partial Regex GatewayCall();

    [GeneratedRegex(@"\? \(request, settings\) => \w+\.(Capture|Void|Refund)Async\(request, settings, CancellationToken\.None\) : null\)?;$")]
    private static partial Regex HandedOn();

    [GeneratedRegex(@"\b(payment|attempt|current|latest|found)\.(Status|StatusId|Received|ReceivedAmount|Surplus|SurplusAmount|AcceptsBalance|PaidOnUtc|ValueAtQuote)\b|\bis \{ Status: CryptoPaymentStatus|StatusTransitions\.|OutstandingBalance\.")]
    private static partial Regex StoredState();

    [GeneratedRegex(@"^(?:public|internal)[\w ]*? (?:class|record|struct|interface|enum) (?:struct |class )?(\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"(?<!:)//.*|@\*[\s\S]*?\*@")]
    private static partial Regex Comment();
}
