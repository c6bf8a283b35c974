using System.Xml.Linq;

namespace Nop.Services.Orders;

public enum CustomValueDisplayLocation
{
    BillingAddress,
    ShippingAddress,
    Payment,
    Shipping
}

public class CustomValue
{
    public CustomValue(string name, string value, CustomValueDisplayLocation displayLocation = CustomValueDisplayLocation.Payment,
        bool displayToCustomer = true, DateTime? createdOnUtc = null) =>
        (Name, Value, DisplayLocation, DisplayToCustomer, CreatedOnUtc) = (name, value, displayLocation, displayToCustomer, createdOnUtc);

    public string Name { get; set; }

    public string Value { get; set; }

    public bool DisplayToCustomer { get; set; }

    public CustomValueDisplayLocation DisplayLocation { get; set; }

    public DateTime? CreatedOnUtc { get; set; }
}

/// <summary>What a payment method keeps with an order, as it stands in Order.CustomValuesXml.</summary>
public class CustomValues : List<CustomValue>
{
    public virtual bool TryGetValue(string name, out CustomValue customValue)
    {
        customValue = this.FirstOrDefault(value => value.Name == name);
        return customValue is not null;
    }

    public virtual string SerializeToXml() => Count == 0
        ? string.Empty
        : new XElement("DictionarySerializer", this.Select(value => new XElement("item",
            new XElement("key", value.Name),
            new XElement("value", value.Value),
            new XElement("displayToCustomer", value.DisplayToCustomer),
            new XElement("location", (int)value.DisplayLocation),
            new XElement("createdOn", value.CreatedOnUtc?.Ticks ?? 0)))).ToString(SaveOptions.DisableFormatting);

    public virtual void FillByXml(string customValuesXml, bool displayToCustomerOnly = false)
    {
        Clear();
        if (string.IsNullOrWhiteSpace(customValuesXml))
            return;

        foreach (var item in XElement.Parse(customValuesXml).Elements("item"))
        {
            var ticks = (long?)item.Element("createdOn") ?? 0;
            var value = new CustomValue(
                (string)item.Element("key"),
                (string)item.Element("value"),
                (CustomValueDisplayLocation)((int?)item.Element("location") ?? (int)CustomValueDisplayLocation.Payment),
                (bool?)item.Element("displayToCustomer") ?? true,
                ticks > 0 ? new DateTime(ticks, DateTimeKind.Utc) : null);
            if (value.DisplayToCustomer || !displayToCustomerOnly)
                Add(value);
        }
    }
}
