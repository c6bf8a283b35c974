
namespace Nop.Plugin.Payments.CryptoGateways;

/// <summary>
/// Names that are used in more than one place.
/// </summary>
public static class CryptoGatewaysDefaults
{
    /// <summary>System name of the payment method; also the name of the plugin's folder.</summary>
    public const string SystemName = "Payments.CryptoGateways";

    /// <summary>The plugin's folder as a virtual path.</summary>
    public const string Folder = "~/Plugins/" + SystemName;

    /// <summary>The configuration page as a virtual path.</summary>
    public const string ConfigurationPage = "~/Admin/CryptoGateways/Configure";

    /// <summary>The platform's dashboard as a virtual path.</summary>
    public const string Dashboard = "~/Admin";

    /// <summary>Prefix of the plugin's text keys.</summary>
    public const string TextPrefix = "Plugins.Payments.CryptoGateways.";

    /// <summary>The platform's text key of the payment method's name.</summary>
    public const string FriendlyNameText = "Plugins.FriendlyName." + SystemName;

    /// <summary>Prefix of the names of gateway settings: cryptogateways.{gateway}.{field}.</summary>
    public const string SettingPrefix = "cryptogateways.";

    /// <summary>The order's custom value with the shopper's choice, "gateway:coin". It is not displayed.</summary>
    public const string ChoiceValue = "CryptoGateways.Choice";

    /// <summary>The field of the payment form with the shopper's choice.</summary>
    public const string ChoiceField = "CryptoChoice";

    /// <summary>The field of the payment form with the options of a coin that has several.</summary>
    /// <param name="coin">The coin's symbol, which is then the value of <see cref="ChoiceField"/>.</param>
    public static string ChoiceListField(string coin) => $"{ChoiceField}.{coin}";

    /// <summary>
    /// The schedule task, which checks payments that no webhook or return URL has completed.
    /// </summary>
    public static class Task
    {
        public const string Type = "Nop.Plugin.Payments.CryptoGateways.Infrastructure.ReconcileTask, Nop.Plugin.Payments.CryptoGateways";
        public const string Name = "Crypto gateways: check open payments";
        public const int Seconds = 60;
    }

    /// <summary>
    /// System names of admin menu items: the platform's parent item, and the plugin's own.
    /// </summary>
    public static class Menu
    {
        public const string Sales = "Sales";
        public const string Group = "Payments.CryptoGateways";
        public const string Payments = "Payments.CryptoGateways.Payments";
        public const string Report = "Payments.CryptoGateways.Report";
    }

    /// <summary>
    /// Names of routes: those of the platform to which the plugin redirects, and its own.
    /// </summary>
    public static class Route
    {
        public const string CheckoutCompleted = "CheckoutCompleted";
        public const string OrderDetails = "OrderDetails";
        public const string Configuration = "Plugin.Payments.CryptoGateways.Configure";
        public const string ContactUs = "ContactUs";
        public const string Webhook = "Plugin.Payments.CryptoGateways.Webhook";
        public const string Return = "Plugin.Payments.CryptoGateways.Return";
        public const string Order = "Plugin.Payments.CryptoGateways.Order";
        public const string Pay = "Plugin.Payments.CryptoGateways.Pay";
        public const string Receipt = "Plugin.Payments.CryptoGateways.Receipt";
        public const string Accent = "Plugin.Payments.CryptoGateways.Accent";
        public const string PayState = "Plugin.Payments.CryptoGateways.PayState";
        public const string UnknownPage = "Plugin.Payments.CryptoGateways.UnknownPage";
        public const string UnknownWebhook = "Plugin.Payments.CryptoGateways.UnknownWebhook";
    }
}
