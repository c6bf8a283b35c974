using FluentMigrator;
using Nop.Data.Extensions;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

/// <summary>
/// The plugin's tables with the unique indexes on which its guarantees stand. Uninstalling removes them.
/// </summary>
[NopMigration("2026-11-21 09:00:00", "Payments.CryptoGateways base schema", MigrationProcessType.Installation)]
public class SchemaMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.TableFor<CryptoPayment>();
        Create.TableFor<PaymentEvent>();
        Create.TableFor<Lease>();
        Create.TableFor<CoinPrice>();

        Create.Index("UX_CryptoPayment_OrderId_Attempt").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.OrderId)).Ascending()
            .OnColumn(nameof(CryptoPayment.Attempt)).Ascending()
            .WithOptions().Unique();
        Create.Index("UX_CryptoPayment_Reference").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.Reference)).Ascending()
            .WithOptions().Unique();
        Create.Index("UX_CryptoPayment_Gateway_ExternalId").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.Gateway)).Ascending()
            .OnColumn(nameof(CryptoPayment.ExternalId)).Ascending()
            .WithOptions().Unique();
        Create.Index("IX_CryptoPayment_Gateway_NextCheckOnUtc").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.Gateway)).Ascending()
            .OnColumn(nameof(CryptoPayment.NextCheckOnUtc)).Ascending();

        Create.Index("UX_PaymentEvent_EventKey").OnTable(nameof(PaymentEvent))
            .OnColumn(nameof(PaymentEvent.EventKey)).Ascending()
            .WithOptions().Unique();
        Create.Index("IX_PaymentEvent_PaymentId").OnTable(nameof(PaymentEvent))
            .OnColumn(nameof(PaymentEvent.PaymentId)).Ascending();
        Create.Index("IX_PaymentEvent_KindId_ProcessedOnUtc").OnTable(nameof(PaymentEvent))
            .OnColumn(nameof(PaymentEvent.KindId)).Ascending()
            .OnColumn(nameof(PaymentEvent.ProcessedOnUtc)).Ascending();

        Create.Index("UX_Lease_Resource").OnTable(nameof(Lease))
            .OnColumn(nameof(Lease.Resource)).Ascending()
            .WithOptions().Unique();

        Create.Index("UX_CoinPrice_Coin_Currency").OnTable(nameof(CoinPrice))
            .OnColumn(nameof(CoinPrice.Coin)).Ascending()
            .OnColumn(nameof(CoinPrice.Currency)).Ascending()
            .WithOptions().Unique();
    }
}
