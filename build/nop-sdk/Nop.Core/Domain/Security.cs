using Nop.Core.Configuration;

namespace Nop.Core.Domain.Security
{
    public class PermissionRecord : BaseEntity
    {
        public string Name { get; set; }

        public string SystemName { get; set; }

        public string Category { get; set; }
    }

    public class SecuritySettings : ISettings
    {
    }

    public class ProxySettings : ISettings
    {
        public bool Enabled { get; set; }

        public string Address { get; set; }

        public string Port { get; set; }

        public string Username { get; set; }

        public string Password { get; set; }

        public bool BypassOnLocal { get; set; }

        public bool PreAuthenticate { get; set; }
    }

    public class SecuritySettingsChangedEvent
    {
        public SecuritySettingsChangedEvent(SecuritySettings securitySettings, string oldEncryptionPrivateKey)
        {
            SecuritySettings = securitySettings;
            OldEncryptionPrivateKey = oldEncryptionPrivateKey;
        }

        public SecuritySettings SecuritySettings { get; set; }

        public string OldEncryptionPrivateKey { get; set; }
    }
}

namespace Nop.Core.Domain.Localization
{
    public class LocalizationSettings : ISettings
    {
        public int DefaultAdminLanguageId { get; set; }
    }
}
