using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Checks;

namespace CryptoGateways.Tests.ApiCompatibility.Samples;

/// <summary>The checks of names and references find what is wrong, and only that.</summary>
public class WrongNamesTests
{
    [TestCase("Nop.Core", "namespace Nop.Core; public class Invented { }",
        "class Uses { object it = new Nop.Core.Invented(); }",
        "Nop.Core has no type Nop.Core.Invented", TestName = "A type that is not there")]
    [TestCase("Nop.Core", "namespace Nop.Services.Payments; public class VoidPaymentResult { }",
        "class Uses { object it = typeof(Nop.Services.Payments.VoidPaymentResult); }",
        "Nop.Core has no type Nop.Services.Payments.VoidPaymentResult", TestName = "A type of another assembly")]
    [TestCase("Nop.Services", "namespace Nop.Services.Security; public class StandardPermission { public class Invented { } }",
        "class Uses { object it = typeof(Nop.Services.Security.StandardPermission.Invented); }",
        "Nop.Services has no type Nop.Services.Security.StandardPermission+Invented", TestName = "A nested type that is not there")]
    [TestCase("Nop.Core", "namespace Nop.Core; public interface IWebHelper { void Invented(); }",
        "class Uses { void Use(Nop.Core.IWebHelper it) => it.Invented(); }",
        "Nop.Core.IWebHelper has no member System.Void Invented()", TestName = "A member that is not there")]
    [TestCase("Nop.Core", "namespace Nop.Core; public interface IWebHelper { string GetStoreLocation(bool useSsl); }",
        "class Uses { void Use(Nop.Core.IWebHelper it) => it.GetStoreLocation(true); }",
        "Nop.Core.IWebHelper has no member System.String GetStoreLocation(System.Boolean)", TestName = "A parameter of another type")]
    [TestCase("Nop.Core", "namespace Nop.Core; public interface IWebHelper { int GetCurrentIpAddress(); }",
        "class Uses { void Use(Nop.Core.IWebHelper it) => it.GetCurrentIpAddress(); }",
        "Nop.Core.IWebHelper has no member System.Int32 GetCurrentIpAddress()", TestName = "A result of another type")]
    [TestCase("Nop.Core", "namespace Nop.Core; public class BaseEntity { public static int Id { get; set; } }",
        "class Uses { int it = Nop.Core.BaseEntity.Id; }",
        "Nop.Core.BaseEntity has no static member System.Int32 get_Id()", TestName = "A static member that is none")]
    [TestCase("Nop.Core", "namespace Nop.Core; public class NopVersion { public static int Invented; }",
        "class Uses { int it = Nop.Core.NopVersion.Invented; }",
        "Nop.Core.NopVersion has no member System.Int32 Invented", TestName = "A field that is not there")]
    [TestCase("Nop.Data", "namespace Nop.Data; public interface IRepository<T> { void Delete(T entity); }",
        "class Uses { void Use(Nop.Data.IRepository<string> it) => it.Delete(\"\"); }",
        "Nop.Data.IRepository`1 has no member System.Void Delete(!0)", TestName = "A generic type's member with other parameters")]
    [TestCase("Nop.Core", "namespace Nop.Core; public interface IWebHelper { T QueryString<T, U>(string name); }",
        "class Uses { void Use(Nop.Core.IWebHelper it) => it.QueryString<int, int>(\"\"); }",
        "Nop.Core.IWebHelper has no member !!0 QueryString`2(System.String)", TestName = "A generic method with more type parameters")]
    [TestCase("Nop.Web.Framework", "namespace Nop.Web.Framework.Models; public class BaseNopModel { public virtual void PostInitialize() { } }",
        "class Uses { void Use(Nop.Web.Framework.Models.BaseNopModel it) => it.PostInitialize(); }",
        "Nop.Web.Framework.Models.BaseNopModel.System.Void PostInitialize() is protected and no type here derives from it", TestName = "A protected member")]
    [TestCase("Nop.Core", "namespace Nop.Core; public class InventedAttribute : System.Attribute { }",
        "[Nop.Core.Invented] class Uses { }",
        "Nop.Core has no type Nop.Core.InventedAttribute", TestName = "An attribute that is not there")]
    public void Names_that_nopCommerce_does_not_have_are_found(string assembly, string platform, string plugin, string fault) =>
        Assert.That(NamedApi.Faults(Sample.Plugin(assembly, platform, plugin), Manifest.Platform), Has.Member(fault));

    [TestCase("FluentMigrator", "namespace FluentMigrator; public class Migration { public string ConnectionString => null; }",
        "class Uses { void Use(FluentMigrator.Migration it) => _ = it.ConnectionString; }", TestName = "A base's member")]
    [TestCase("Nop.Services", """
        namespace Nop.Services.Payments;
        public interface IPaymentMethod { }
        public class PaymentPluginManager
        {
            public bool IsPluginActive(IPaymentMethod plugin, System.Collections.Generic.List<string> names) => false;
        }
        """,
        "class Uses { void Use(Nop.Services.Payments.PaymentPluginManager it) => it.IsPluginActive(null, null); }", TestName = "A generic base's member")]
    public void A_member_that_a_base_declares_is_found_there(string assembly, string platform, string plugin) =>
        Assert.That(NamedApi.Faults(Sample.Plugin(assembly, platform, plugin), Manifest.Platform), Is.Empty);

    [TestCase("Nop.Core", "4.90.0.1", "Nop.Core 4.90.0.1 is newer than nopCommerce's 4.90.0.0")]
    [TestCase("Newtonsoft.Json", "13.1.0.0", "Newtonsoft.Json 13.1.0.0 is newer than nopCommerce's 13.0.0.0")]
    [TestCase("Polly", "8.0.0.0", "Polly 8.0.0.0 is newer than nopCommerce's 7.0.0.0")]
    [TestCase("FluentMigrator", "7.1.0.0", "FluentMigrator has the public key token '', not 'aacfc7de5acabf05'")]
    [TestCase("Nop.Web", "4.90.0.0", "Nop.Web is not there in nopCommerce")]
    [TestCase("Some.Library", "1.0.0.0", "Some.Library is not there in nopCommerce")]
    [TestCase("Microsoft.AspNetCore.Http", "10.0.0.0", "Microsoft.AspNetCore.Http 10.0.0.0 is newer than .NET 9")]
    public void References_that_do_not_bind_are_found(string assembly, string version, string fault)
    {
        var plugin = Sample.Plugin(assembly, "public class Thing { }", "class Uses { object it = new Thing(); }", version);
        Assert.That(ReferencedAssemblies.Faults(plugin, Manifest.Platform), Has.Member(fault));
    }
}
