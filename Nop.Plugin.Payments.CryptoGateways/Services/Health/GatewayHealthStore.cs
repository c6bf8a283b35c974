using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Stores the health of each gateway in one row.
/// </summary>
public class GatewayHealthStore(IRepository<GatewayHealth> rows)
{
    /// <summary>The stored row; a new one, which is not stored, when there is none.</summary>
    public async Task<GatewayHealth> ReadAsync(string gateway) => await FindAsync(gateway) ?? new GatewayHealth { Gateway = gateway };

    /// <summary>Changes the row, or adds it, and returns it.</summary>
    public async Task<GatewayHealth> ChangeAsync(string gateway, Action<GatewayHealth> change)
    {
        if (await FindAsync(gateway) is not { } row)
        {
            row = new GatewayHealth { Gateway = gateway };
            change(row);
            try
            {
                await rows.InsertAsync(row, publishEvent: false);
                return row;
            }
            catch (Exception)
            {
                // Another worker has added the row: the unique index allows one per gateway. Any other failure recurs below.
                row = await FindAsync(gateway) ?? throw new InvalidOperationException("the health of a gateway could not be stored");
            }
        }
        change(row);
        await rows.UpdateAsync(row, publishEvent: false);
        return row;
    }

    private async Task<GatewayHealth?> FindAsync(string gateway) =>
        (await rows.GetAllAsync(query => query.Where(row => row.Gateway == gateway))).FirstOrDefault();
}
