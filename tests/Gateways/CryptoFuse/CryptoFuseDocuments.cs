namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// The examples of CryptoFuse's public documentation.
/// </summary>
internal static class CryptoFuseDocuments
{
    /// <summary>"Create Payment" (POST /payments/create), verbatim.</summary>
    public const string CreateByKey = """
        {
        "amount": 100.00,
        "currency": "USDTTRC20",
        "wallet_id": "550e8400-e29b-41d4-a716-446655440000",
        "callback_url": "https://your-site.com/payment/callback",
        "custom_id": "ORDER-12345",
        "description": "Payment for order #12345"
        }
        """;

    /// <summary>Its response, verbatim.</summary>
    public const string CreatedByKey = """
        {
        "payment_id": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "amount": 100.00,
        "currency": "USDTTRC20",
        "address": "TYN2WuEqttM5JjGk4ynGkxcnMRR9SZcvVx",
        "expiry_time": "2025-04-30T14:30:25.123Z",
        "wallet_id": "550e8400-e29b-41d4-a716-446655440000",
        "status": "pending",
        "payment_url": "https://cryptofuse.io/payment/f47ac10b-58cc-4372-a567-0e02b2c3d479"
        }
        """;

    /// <summary>The fields of "Get Payment" (GET /payments/{transaction_id}/); the values are made up.</summary>
    public const string Payment = """
        {
        "transaction_id": "550e8400-e29b-41d4-a716-446655440000",
        "status": "waiting",
        "amount_usd": 100.00,
        "amount_crypto": 0.00125,
        "blockchain": "BITCOIN",
        "token": "BTC",
        "currency": "BTC",
        "address": "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "transaction_hash": null,
        "order_id": "ORDER-12345",
        "callback_url": "https://your-site.com/webhook",
        "expiry_time": "2025-01-15T11:00:00Z",
        "confirmations": 0,
        "payment_type": "full",
        "payment_history": []
        }
        """;

    /// <summary>Two transfers in the form of payment_history.</summary>
    public const string History = """
        [
        { "deposit_id": "dep_123", "amount": "60.00000000", "transaction_hash": "0xabc123", "confirmations": 12, "timestamp": "2024-12-27T10:05:00Z" },
        { "deposit_id": "dep_124", "amount": "40.00000000", "transaction_hash": "0xabc124", "confirmations": 3, "timestamp": "2024-12-27T10:15:00Z" }
        ]
        """;

    /// <summary>"Implementing Callbacks" of v0.9.</summary>
    public const string FlatCallback = """
        {
        "event_type": "payment.status_updated",
        "payment_id": "550e8400-e29b-41d4-a716-446655440000",
        "status": "confirming",
        "crypto_amount": 0.05,
        "token": "USDT",
        "blockchain": "ETH",
        "transaction_hash": "0x4a9a3a8c9e67f4f4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8",
        "confirmations": 2,
        "custom_id": "ORDER-12345",
        "created_at": "2025-04-17T12:30:25.123Z",
        "updated_at": "2025-04-17T12:35:42.567Z"
        }
        """;

    /// <summary>"Webhook Flow Guide".</summary>
    public const string FlowCallback = """
        {
        "transaction_id": "550e8400-e29b-41d4-a716-446655440000",
        "event": "payment_status_update",
        "status": "completed",
        "timestamp": "2024-12-27T10:10:00Z",
        "data": {
          "transaction_id": "550e8400-e29b-41d4-a716-446655440000",
          "status": "completed",
          "amount_usd": "100.00",
          "amount_crypto": "100.00000000",
          "blockchain": "TRX",
          "token": "USDT",
          "currency": "USDTTRC20",
          "address": "TYN2WuEqttM5JjGk4ynGkxcnMRR9SZcvVx",
          "transaction_hash": "0xabc123",
          "confirmations": 12,
          "payment_history": [
            { "deposit_id": "dep_123", "amount": "100.00000000", "transaction_hash": "0xabc123", "confirmations": 12, "timestamp": "2024-12-27T10:05:00Z" }
          ],
          "total_paid_amount": "100.00000000"
        }
        }
        """;

    /// <summary>"Webhook Reference".</summary>
    public const string ReferenceCallback = """
        {
        "event": "payment_status_update",
        "data": {
          "transaction_id": "550e8400-e29b-41d4-a716-446655440000",
          "status": "completed",
          "previous_status": "confirming",
          "payment_type": "full",
          "order_id": "ORDER-12345",
          "price_amount": "100.00",
          "price_currency": "USD",
          "pay_amount": "100.050000",
          "pay_currency": "USDTERC20",
          "blockchain_address": "0x742d35Cc6634C0532925a3b844Bc9e7595f8b8E0",
          "transaction_hash": "0x123abc456def789",
          "confirmations": 12,
          "merchant_received_usd": "99.00",
          "payment_history": [
            { "deposit_id": "dep_123", "amount": "100.050000", "transaction_hash": "0x123abc456def789", "confirmations": 12, "timestamp": "2025-01-15T10:15:00Z" }
          ],
          "metadata": { "updated_at": "2025-01-15T10:20:00Z" }
        },
        "timestamp": "2025-01-15T10:20:00Z"
        }
        """;
}
