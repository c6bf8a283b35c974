using Nop.Core.Configuration;
using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Configuration
{
    public class Setting : BaseEntity, ILocalizedEntity
    {
        public Setting()
        {
        }

        public Setting(string name, string value, int storeId = 0) => (Name, Value, StoreId) = (name, value, storeId);

        public string Name { get; set; }

        public string Value { get; set; }

        public int StoreId { get; set; }
    }
}

namespace Nop.Core.Domain.Cms
{
    public class WidgetSettings : ISettings
    {
        public List<string> ActiveWidgetSystemNames { get; set; } = new();
    }
}

namespace Nop.Core.Domain.ScheduleTasks
{
    public class ScheduleTask : BaseEntity
    {
        public string Name { get; set; }

        public int Seconds { get; set; }

        public string Type { get; set; }

        public DateTime? LastEnabledUtc { get; set; }

        public bool Enabled { get; set; }

        public bool StopOnError { get; set; }

        public DateTime? LastStartUtc { get; set; }

        public DateTime? LastEndUtc { get; set; }

        public DateTime? LastSuccessUtc { get; set; }
    }
}
