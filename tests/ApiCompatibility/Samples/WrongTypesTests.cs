using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Checks;
using CryptoGateways.Tests.ApiCompatibility.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility.Samples;

/// <summary>The checks of interfaces, base classes, the stand-in and views find what is wrong.</summary>
public class WrongTypesTests
{
    [TestCase("namespace Nop.Services.ScheduleTasks; public interface IScheduleTask { }",
        "class Half : Nop.Services.ScheduleTasks.IScheduleTask { }",
        "Half does not implement Nop.Services.ScheduleTasks.IScheduleTask: System.Threading.Tasks.Task ExecuteAsync()")]
    [TestCase("namespace Nop.Services.ScheduleTasks; public interface IScheduleTask { void ExecuteAsync(); }",
        "class Half : Nop.Services.ScheduleTasks.IScheduleTask { void Nop.Services.ScheduleTasks.IScheduleTask.ExecuteAsync() { } }",
        "Half does not implement Nop.Services.ScheduleTasks.IScheduleTask: System.Threading.Tasks.Task ExecuteAsync()")]
    [TestCase("namespace Nop.Services.Payments; public interface IPaymentMethod { }",
        "class Half : Nop.Services.Payments.IPaymentMethod { }",
        "Half does not implement Nop.Services.Plugins.IPlugin: System.Threading.Tasks.Task InstallAsync()")]
    [TestCase("namespace Nop.Services.Events; public interface IConsumer<T> { }",
        "class Half : Nop.Services.Events.IConsumer<string> { public virtual System.Threading.Tasks.Task HandleEventAsync(int it) => null; }",
        "Half does not implement Nop.Services.Events.IConsumer`1<System.String>: System.Threading.Tasks.Task HandleEventAsync(!0)")]
    public void A_half_implemented_interface_is_found(string platform, string plugin, string fault) =>
        Assert.That(WholeInterfaces.Faults(Sample.Plugin("Nop.Services", platform, plugin), Manifest.Platform), Has.Member(fault));

    [TestCase("FluentMigrator", "namespace FluentMigrator; public class Migration { }",
        "class Wrong : FluentMigrator.Migration { }",
        "Wrong does not implement the abstract FluentMigrator.MigrationBase.System.Void Up()")]
    [TestCase("Nop.Services", "namespace Nop.Services.Plugins; public class BasePlugin { public virtual void Invented() { } }",
        "class Wrong : Nop.Services.Plugins.BasePlugin { public override void Invented() { } }",
        "Wrong overrides System.Void Invented(), which no base has")]
    [TestCase("Nop.Core", "namespace Nop.Core; public class BaseEntity { public virtual int Id { get; set; } }",
        "class Wrong : Nop.Core.BaseEntity { public override int Id => 1; }",
        "Wrong overrides Nop.Core.BaseEntity.System.Int32 get_Id(), which is not virtual")]
    [TestCase("Nop.Web.Framework", "namespace Nop.Web.Framework.Models; public class BaseNopModel { public virtual void PostInitialize() { } }",
        "class Wrong : Nop.Web.Framework.Models.BaseNopModel { public override void PostInitialize() { } }",
        "Wrong overrides Nop.Web.Framework.Models.BaseNopModel.System.Void PostInitialize() as public, there it is protected")]
    [TestCase("Nop.Core", "namespace Nop.Core; public class CommonHelper { }",
        "class Wrong : Nop.Core.CommonHelper { }", null)]
    [TestCase("Nop.Core", "namespace Nop.Core; public class NopVersion { }",
        "class Wrong : Nop.Core.NopVersion { }",
        "Wrong derives from Nop.Core.NopVersion, which is class,static")]
    public void A_class_that_does_not_fit_its_base_is_found(string assembly, string platform, string plugin, string? fault) =>
        Assert.That(
            Inheritance.Faults(Sample.Plugin(assembly, platform, plugin), Manifest.Platform),
            fault is null ? Is.Empty : Has.Member(fault));

    [TestCase("4.91.0.0", "", "Nop.Core has version 4.91.0.0, not 4.90.0.0")]
    [TestCase("4.90.0.0", "namespace Nop.Core { public class Invented { } }", "Nop.Core has no type Nop.Core.Invented")]
    [TestCase("4.90.0.0", "namespace Nop.Core { public class IWebHelper { } }", "Nop.Core.IWebHelper is class, not interface")]
    [TestCase("4.90.0.0", "namespace Nop.Core { public abstract class BaseEntity : System.Exception { } }",
        "Nop.Core.BaseEntity derives from System.Exception, not System.Object")]
    [TestCase("4.90.0.0", "namespace Nop.Core { public interface IWorkContext { } public interface IWebHelper : IWorkContext { } }",
        "Nop.Core.IWebHelper does not implement Nop.Core.IWorkContext")]
    [TestCase("4.90.0.0", "namespace Nop.Core { public interface IWebHelper { void Invented(); } }",
        "Nop.Core.IWebHelper.System.Void Invented(): not there")]
    [TestCase("4.90.0.0", "namespace Nop.Core { public abstract class BaseEntity { protected int Id { get; set; } } }",
        "Nop.Core.BaseEntity.System.Int32 get_Id(): is public final, not protected ")]
    [TestCase("4.90.0.0", "namespace Nop.Core.Domain.Payments { public enum PaymentStatus { Paid = 3 } }",
        "Nop.Core.Domain.Payments.PaymentStatus.Nop.Core.Domain.Payments.PaymentStatus Paid: is 30, not 3")]
    [TestCase("4.90.0.0", "namespace Nop.Core { public interface IWebHelper { string GetStoreLocation(bool? useSsl = true); } }",
        "Nop.Core.IWebHelper.System.String GetStoreLocation(System.Nullable`1<System.Boolean>): has the defaults 1=null, not 1=True")]
    public void A_stand_in_that_invents_is_found(string version, string source, string fault) =>
        Assert.That(StandIn.Faults(new BuiltAssembly(Sample.Compile("Nop.Core", version, source)), Manifest.Platform), Has.Member(fault));

    [Test]
    public void A_stand_in_without_the_public_key_is_found() =>
        Assert.That(
            StandIn.Faults(new BuiltAssembly(Sample.Compile("FluentMigrator", "7.1.0.0", "")), Manifest.Platform).Single(),
            Is.EqualTo("FluentMigrator has the public key token '', not 'aacfc7de5acabf05'"));

    [TestCase("<nop-invented asp-for=\"Name\" />", "no tag helper for <nop-invented>")]
    [TestCase("<nop-editor asp-fro=\"Name\" />", "<nop-editor> lacks asp-for")]
    [TestCase("<nop-editor asp-for=\"Name\" asp-invented=\"1\" />", "no tag helper takes asp-invented of <nop-editor>")]
    [TestCase("<nop-nested-setting asp-for=\"Name\" is-invented=\"1\">", "no tag helper takes is-invented of <nop-nested-setting>")]
    [TestCase("<input asp-invented=\"1\" asp-for=\"Name\">", "no tag helper takes asp-invented of <input>")]
    [TestCase("<p title=\"@(a > b ? \"x\" : \"y\")\" asp-for=\"Name\">", "no tag helper takes asp-for of <p>")]
    public void A_tag_helper_that_is_not_there_is_found(string view, string fault) =>
        Assert.That(ViewMarkup.Faults(view, AddTagHelpers, Manifest.Platform).Single(), Is.EqualTo(fault));

    [Test]
    public void Tag_helpers_that_no_import_adds_are_found() =>
        Assert.That(
            ViewMarkup.Faults("<nop-editor asp-for=\"Name\" />", "", Manifest.Platform).Single(),
            Is.EqualTo("nop- elements without @addTagHelper *, Nop.Web.Framework"));

    [TestCase("<nop-editor asp-for=\"Name\" class=\"wide\" /><span asp-validation-for=\"Name\"></span>")]
    [TestCase("<form asp-controller=\"A\" asp-action=\"B\" asp-route-id=\"@Model.Get(\"x\")[0].Id\" method=\"post\"></form>")]
    [TestCase("<nop-select asp-for=\"Name\" asp-items=\"Model.Items\" /><nop-nested-setting asp-for=\"Name\" disable-auto-generation=\"true\">")]
    [TestCase("<input asp-for=\"Name\" asp-disabled=\"true\" @(Model.On ? \"checked\" : null)><script asp-location=\"Footer\" src=\"~/x.js\"></script>")]
    [TestCase("@* <nop-invented /> *@ <!-- <nop-invented /> -->")]
    public void A_right_view_passes(string view) =>
        Assert.That(ViewMarkup.Faults(view, AddTagHelpers, Manifest.Platform), Is.Empty);

    private const string AddTagHelpers = "@addTagHelper *, Nop.Web.Framework";
}
