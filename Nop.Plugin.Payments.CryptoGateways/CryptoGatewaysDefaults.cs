using Nop.Plugin.Payments.CryptoGateways.Services.Operations;

namespace Nop.Plugin.Payments.CryptoGateways;

/// <summary>
/// Names that more than one place has to agree on.
/// </summary>
public static class CryptoGatewaysDefaults
{
    /// <summary>System name of the payment method; also the name of the plugin's folder.</summary>
    public const string SystemName = "Payments.CryptoGateways";

    /// <summary>Where the platform keeps the plugin's files, as views name it.</summary>
    public const string Folder = "~/Plugins/" + SystemName;

    /// <summary>The configuration page, as views name it.</summary>
    public const string ConfigurationPage = "~/Admin/CryptoGateways/Configure";

    /// <summary>The platform's dashboard, as views name it.</summary>
    public const string Dashboard = "~/Admin";

    /// <summary>Start of every text key.</summary>
    public const string TextPrefix = "Plugins.Payments.CryptoGateways.";

    /// <summary>Text key of the method's name in lists, as the platform builds it.</summary>
    public const string FriendlyNameText = "Plugins.FriendlyName." + SystemName;

    /// <summary>Start of the names of gateways' settings; the gateway's and the field's name follow.</summary>
    public const string SettingPrefix = "cryptogateways.";

    /// <summary>The order's custom value that holds the choice, "gateway:coin"; not shown to the shopper.</summary>
    public const string ChoiceValue = "CryptoGateways.Choice";

    /// <summary>The field of the payment form that holds the choice.</summary>
    public const string ChoiceField = "CryptoChoice";

    /// <summary>The field of the payment form with the options of a coin that has several.</summary>
    /// <param name="coin">The coin's symbol, which is then the value of <see cref="ChoiceField"/>.</param>
    public static string ChoiceListField(string coin) => $"{ChoiceField}.{coin}";

    /// <summary>
    /// The task that settles what webhooks and return URLs missed.
    /// </summary>
    public static class Task
    {
        public const string Type = "Nop.Plugin.Payments.CryptoGateways.Infrastructure.ReconcileTask, Nop.Plugin.Payments.CryptoGateways";
        public const string Name = "Crypto gateways: settle open payments";
        public const int Seconds = 60;
    }

    /// <summary>
    /// System names of the administrator's menu items: the platform's under which the plugin's stand, and its own.
    /// </summary>
    public static class Menu
    {
        public const string Sales = "Sales";
        public const string Group = "Payments.CryptoGateways";
        public const string Payments = "Payments.CryptoGateways.Payments";
        public const string Report = "Payments.CryptoGateways.Report";
    }

    /// <summary>
    /// Names of routes: the platform's that the plugin leads to, and its own.
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
