namespace Nop.Plugin.Payments.CryptoGateways.Data;

/// <summary>
/// Lengths of the text columns in UTF-16 code units. Columns with the same kind of text share a length.
/// </summary>
public static class TextLengths
{
    /// <summary>System name of a gateway, and the source of a price.</summary>
    public const int Gateway = 32;

    /// <summary>The plugin's reference of a payment.</summary>
    public const int Reference = 32;

    /// <summary>The provider's id of a payment.</summary>
    public const int ExternalId = 128;

    public const int Url = 2000;
    public const int Address = 256;
    public const int AddressTag = 128;
    public const int Network = 32;

    /// <summary>Code of a coin, or of a currency that a provider names.</summary>
    public const int Code = 32;

    /// <summary>Code of one of the platform's currencies.</summary>
    public const int PlatformCurrency = 5;

    /// <summary>Transaction ids, one per line.</summary>
    public const int TransactionIds = 2000;

    /// <summary>The provider's name of a status, and the name of an event.</summary>
    public const int Word = 64;

    /// <summary>How an event ended, see <see cref="Domain.PaymentEventOutcome"/>.</summary>
    public const int Outcome = 32;

    public const int Nonce = 64;
    public const int FailureReason = 400;

    /// <summary>The provider's last response.</summary>
    public const int Answer = 2000;

    /// <summary>Unique keys of events and alerts.</summary>
    public const int Key = 200;

    public const int SignatureForm = 32;
    public const int Resource = 100;

    /// <summary>The plugin's random identifiers and secrets.</summary>
    public const int Random = 40;

    /// <summary>No limit.</summary>
    public const int Unbounded = int.MaxValue;
}
