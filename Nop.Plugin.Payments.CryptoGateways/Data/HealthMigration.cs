using FluentMigrator;
using Nop.Data.Extensions;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

/// <summary>
/// Tables of what administrators are shown: how gateways are, and what needs a person. Uninstalling removes them.
/// </summary>
[NopMigration("2026-11-21 15:00:00", "Payments.CryptoGateways health and alerts", MigrationProcessType.Installation)]
public class HealthMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.TableFor<GatewayHealth>();
        Create.TableFor<AdminAlert>();
        Create.TableFor<SelfTestTicket>();

        Create.Index("UX_GatewayHealth_Gateway").OnTable(nameof(GatewayHealth))
            .OnColumn(nameof(GatewayHealth.Gateway)).Ascending()
            .WithOptions().Unique();
        Create.Index("UX_AdminAlert_AlertKey").OnTable(nameof(AdminAlert))
            .OnColumn(nameof(AdminAlert.AlertKey)).Ascending()
            .WithOptions().Unique();
        Create.Index("UX_SelfTestTicket_Number").OnTable(nameof(SelfTestTicket))
            .OnColumn(nameof(SelfTestTicket.Number)).Ascending()
            .WithOptions().Unique();
        Create.Index("IX_AdminAlert_ResolvedOnUtc").OnTable(nameof(AdminAlert))
            .OnColumn(nameof(AdminAlert.ResolvedOnUtc)).Ascending();
    }
}
