using FluentMigrator;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Data;

/// <summary>
/// Indexes for the administrator's list and report. It runs at installation and at an update alike. The longest key has 512 bytes in
/// MySQL (four a character), which every row format takes.
/// </summary>
[NopMigration("2026-11-21 15:30:00", "Payments.CryptoGateways indexes of list and report")]
public class ReportIndexMigration : AutoReversingMigration
{
    public override void Up()
    {
        // The list by date, and all that the report counts: it never reads the table itself.
        Create.Index("IX_CryptoPayment_Report").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.CreatedOnUtc)).Ascending()
            .OnColumn(nameof(CryptoPayment.StatusId)).Ascending()
            .OnColumn(nameof(CryptoPayment.Gateway)).Ascending()
            .OnColumn(nameof(CryptoPayment.Coin)).Ascending()
            .OnColumn(nameof(CryptoPayment.SecondsToPaid)).Ascending();

        // One status, newest first: without it a rare one is looked for in the whole list.
        Create.Index("IX_CryptoPayment_StatusId_CreatedOnUtc").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.StatusId)).Ascending()
            .OnColumn(nameof(CryptoPayment.CreatedOnUtc)).Ascending();

        // Times to paid in their order, for one coin of a gateway and for all: a percentile is a row at an offset.
        Create.Index("IX_CryptoPayment_CoinTimeToPaid").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.Gateway)).Ascending()
            .OnColumn(nameof(CryptoPayment.Coin)).Ascending()
            .OnColumn(nameof(CryptoPayment.SecondsToPaid)).Ascending()
            .OnColumn(nameof(CryptoPayment.CreatedOnUtc)).Ascending();
        Create.Index("IX_CryptoPayment_TimeToPaid").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.SecondsToPaid)).Ascending()
            .OnColumn(nameof(CryptoPayment.CreatedOnUtc)).Ascending();

        // Looking for what the provider calls a payment; the unique index begins with the gateway.
        Create.Index("IX_CryptoPayment_ExternalId").OnTable(nameof(CryptoPayment))
            .OnColumn(nameof(CryptoPayment.ExternalId)).Ascending();
    }
}
