using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Controllers;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Web.Framework.Mvc.Filters;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What every page must have, whoever adds it.
/// </summary>
public sealed partial class ControllerRulesTests
{
    private static readonly Type[] _controllers = [.. typeof(CryptoGatewaysDefaults).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ControllerBase)) && !type.IsAbstract)];

    private static readonly Type[] _adminController = [typeof(AuthorizeAdminAttribute), typeof(AreaAttribute), typeof(AutoValidateAntiforgeryTokenAttribute), typeof(ValidateIpAddressAttribute), typeof(ValidateVendorAttribute), typeof(InstalledOnlyAttribute)];

    /// <summary>They take calls of others: a provider's server, a provider's page, anything.</summary>
    private static readonly string[] _postsOfOthers = ["CryptoWebhookController.Receive", "CryptoReturnController.ReturnByPost", "CryptoUnknownController.Any"];

    [Test]
    public void Every_controller_is_for_administrators_or_for_anybody()
    {
        Assert.That(_controllers, Is.Not.Empty);
        Assert.That(_controllers.Where(type => !type.IsSubclassOf(typeof(CryptoAdminController)) && !type.IsSubclassOf(typeof(CryptoPublicController))), Is.Empty);
        Assert.That(_adminController.Where(attribute => !typeof(CryptoAdminController).IsDefined(attribute, inherit: true)), Is.Empty);
        Assert.That(new[] { typeof(AnonymousAttribute), typeof(InstalledOnlyAttribute) }.Where(attribute => !typeof(CryptoPublicController).IsDefined(attribute, inherit: true)), Is.Empty);
    }

    [Test]
    public void Every_action_of_administrators_names_a_permission_and_one_method() =>
        Assert.That(
            from action in Actions(typeof(CryptoAdminController))
            where action.GetCustomAttributes<CheckPermissionAttribute>().Count() != 1 || action.GetCustomAttributes<HttpMethodAttribute>().SelectMany(verb => verb.HttpMethods).Count() != 1
            select NameOf(action), Is.Empty);

    [Test]
    public void No_token_is_ignored_and_every_post_of_a_shopper_needs_one()
    {
        Assert.That(_controllers.SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(IgnoreAntiforgeryTokenAttribute))), Is.Empty);
        Assert.That(
            from action in Actions(typeof(CryptoPublicController))
            where action.GetCustomAttributes<HttpMethodAttribute>().All(verb => verb.HttpMethods.Any(method => method is not ("GET" or "HEAD")))
                && !action.IsDefined(typeof(AutoValidateAntiforgeryTokenAttribute))
            select NameOf(action), Is.EquivalentTo(_postsOfOthers));
    }

    /// <summary>The platform's layouts need not print a token; a form with an action of its own gets none from ASP.NET.</summary>
    [Test]
    public void Every_form_that_posts_brings_its_token()
    {
        var forms = Sources.Code.Where(file => file.Key.EndsWith(".cshtml", StringComparison.Ordinal)).SelectMany(file => Form().Matches(file.Value).Select(form => (file.Key, Text: form.Value))).ToList();
        Assert.That(forms, Is.Not.Empty);
        Assert.That(forms.Where(form => form.Text.Contains("method=\"post\"", StringComparison.Ordinal) && !form.Text.Contains("asp-action", StringComparison.Ordinal) && !form.Text.Contains("AntiForgeryToken()", StringComparison.Ordinal)).Select(form => form.Key), Is.Empty);
        Assert.That(forms.Where(form => form.Text.Contains("method=\"get\"", StringComparison.Ordinal) && form.Text.Contains("AntiForgeryToken()", StringComparison.Ordinal)).Select(form => form.Key), Is.Empty, "a token in an address");
        Assert.That(Sources.Code["Views/Admin/PaymentList.cshtml"], Does.Contain("AntiForgeryToken()"), "the grid posts");
    }

    private static IEnumerable<MethodInfo> Actions(Type controller) =>
        _controllers.Where(type => type.IsSubclassOf(controller)).SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static string NameOf(MethodInfo action) => $"{action.DeclaringType!.Name}.{action.Name}";

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();
}
