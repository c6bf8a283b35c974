using FluentMigrator;
using FluentMigrator.Builders.Create.Index;
using Nop.Data.Extensions;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

/// <summary>
/// Creates the plugin's tables and indexes. Uninstalling removes them.
/// </summary>
/// <remarks>
/// The plugin's guarantees depend on the unique indexes. The longest key has 800 bytes in MySQL (four for each character); the limit is 3,072.
/// </remarks>
[NopMigration("2026-12-01 00:00:00", "Payments.CryptoGateways schema", MigrationProcessType.Installation)]
public class SchemaMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.TableFor<CryptoPayment>();
        Create.TableFor<PaymentEvent>();
        Create.TableFor<Lease>();
        Create.TableFor<CoinPrice>();
        Create.TableFor<GatewayHealth>();
        Create.TableFor<AdminAlert>();
        Create.TableFor<SelfTestTicket>();

        CreateUniqueIndex("UX_CryptoPayment_OrderId_Attempt", nameof(CryptoPayment), nameof(CryptoPayment.OrderId), nameof(CryptoPayment.Attempt));
        CreateUniqueIndex("UX_CryptoPayment_Reference", nameof(CryptoPayment), nameof(CryptoPayment.Reference));
        CreateUniqueIndex("UX_CryptoPayment_Gateway_ExternalId", nameof(CryptoPayment), nameof(CryptoPayment.Gateway), nameof(CryptoPayment.ExternalId));
        CreateUniqueIndex("UX_PaymentEvent_EventKey", nameof(PaymentEvent), nameof(PaymentEvent.EventKey));
        CreateUniqueIndex("UX_Lease_Resource", nameof(Lease), nameof(Lease.Resource));
        CreateUniqueIndex("UX_CoinPrice_Coin_Currency", nameof(CoinPrice), nameof(CoinPrice.Coin), nameof(CoinPrice.Currency));
        CreateUniqueIndex("UX_GatewayHealth_Gateway", nameof(GatewayHealth), nameof(GatewayHealth.Gateway));
        CreateUniqueIndex("UX_AdminAlert_AlertKey", nameof(AdminAlert), nameof(AdminAlert.AlertKey));
        CreateUniqueIndex("UX_SelfTestTicket_Number", nameof(SelfTestTicket), nameof(SelfTestTicket.Number));

        CreateIndex("IX_PaymentEvent_PaymentId", nameof(PaymentEvent), nameof(PaymentEvent.PaymentId));
        CreateIndex("IX_PaymentEvent_KindId_ProcessedOnUtc", nameof(PaymentEvent), nameof(PaymentEvent.KindId), nameof(PaymentEvent.ProcessedOnUtc));
        CreateIndex("IX_AdminAlert_ResolvedOnUtc", nameof(AdminAlert), nameof(AdminAlert.ResolvedOnUtc));

        // The schedule task: a gateway's payments in the order in which they are due.
        CreateIndex("IX_CryptoPayment_Gateway_NextCheckOnUtc", nameof(CryptoPayment), nameof(CryptoPayment.Gateway), nameof(CryptoPayment.NextCheckOnUtc));

        // The list by date, and every column that the report counts, so that it never reads the table itself.
        CreateIndex("IX_CryptoPayment_Report", nameof(CryptoPayment), nameof(CryptoPayment.CreatedOnUtc), nameof(CryptoPayment.StatusId), nameof(CryptoPayment.Gateway),
            nameof(CryptoPayment.Coin), nameof(CryptoPayment.SecondsToPaid));

        // The list of one status, newest first. Without it the database searches the whole list for a rare status.
        CreateIndex("IX_CryptoPayment_StatusId_CreatedOnUtc", nameof(CryptoPayment), nameof(CryptoPayment.StatusId), nameof(CryptoPayment.CreatedOnUtc));

        // Sorted times to payment, for one coin of a gateway and for all: a percentile is the row at an offset.
        CreateIndex("IX_CryptoPayment_CoinTimeToPaid", nameof(CryptoPayment), nameof(CryptoPayment.Gateway), nameof(CryptoPayment.Coin), nameof(CryptoPayment.SecondsToPaid),
            nameof(CryptoPayment.CreatedOnUtc));
        CreateIndex("IX_CryptoPayment_TimeToPaid", nameof(CryptoPayment), nameof(CryptoPayment.SecondsToPaid), nameof(CryptoPayment.CreatedOnUtc));

        // The search for the provider's id of a payment: the unique index begins with the gateway.
        CreateIndex("IX_CryptoPayment_ExternalId", nameof(CryptoPayment), nameof(CryptoPayment.ExternalId));
    }

    private void CreateUniqueIndex(string name, string table, params string[] columns) => CreateIndex(name, table, columns).WithOptions().Unique();

    private ICreateIndexOnColumnSyntax CreateIndex(string name, string table, params string[] columns)
    {
        ICreateIndexOnColumnSyntax index = Create.Index(name).OnTable(table);
        foreach (var column in columns)
            index = index.OnColumn(column).Ascending();
        return index;
    }
}
