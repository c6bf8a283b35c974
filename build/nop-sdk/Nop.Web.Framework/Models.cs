using System.ComponentModel;
using System.Xml.Serialization;
using Nop.Core.Infrastructure;
using Nop.Services.Localization;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Web.Framework.Models
{
    public record BaseNopModel
    {
        [XmlIgnore]
        public Dictionary<string, string> CustomProperties { get; set; } = new();
    }
}

namespace Nop.Web.Framework.Mvc.ModelBinding
{
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class NopResourceDisplayNameAttribute : DisplayNameAttribute
    {
        public NopResourceDisplayNameAttribute(string resourceKey) : base(resourceKey) => ResourceKey = resourceKey;

        public string ResourceKey { get; set; }

        public override string DisplayName =>
            EngineContext.Current.Resolve<ILocalizationService>().GetResourceAsync(ResourceKey).GetAwaiter().GetResult();
    }
}
