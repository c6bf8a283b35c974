using System.Globalization;
using Nop.Core;
using Nop.Core.Domain;
using Nop.Core.Domain.Media;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Configuration;
using Nop.Services.Media;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the store's own pay page and the receipt.
/// </summary>
public class PayPageModelFactory(PayPageReader reader, PayOwnerModelFactory owners, StoreLookFactory looks, PayInstructionsFactory instructions,
    PayFactsFactory facts, TimeProvider time)
{
    /// <summary>End of the countdown: when the quote expires, or when the provider stops accepting payment if that comes first or the quote has already expired.</summary>
    private static DateTime? EndOf(PaymentSummary summary) => summary switch
    {
        { AcceptsPayment: false } or { State: PaymentState.QuoteExpired } => null,
        { QuoteExpiresOnUtc: { } quote, IsQuoteOver: false } when !(summary.AcceptsPaymentUntilUtc < quote) => quote,
        _ => summary.AcceptsPaymentUntilUtc
    };

    /// <summary>The page of an attempt that was found by its token.</summary>
    public async Task<PayPageModel> PageAsync(CryptoPayment found, string token)
    {
        var (payment, order, state) = await reader.ReadAsync(found);
        var summary = state.Payment;
        var end = EndOf(summary);
        var all = await facts.OfAsync(payment, summary, order);
        return new PayPageModel
        {
            Look = await looks.LookAsync(),
            TitleText = $"{PaymentSummary.StateTexts}{summary.State}.Title",
            IsLive = state.PollSeconds > 0,
            State = state,
            Token = token,
            Facts = summary.ShowsAmounts ? all with { Amount = null, Received = null } : all,
            Instructions = await instructions.OfAsync(payment, summary, order),
            ProviderUrl = summary.AcceptsPayment && summary.State != PaymentState.QuoteExpired && Uri.TryCreate(payment.CheckoutUrl, UriKind.Absolute, out var page) && UrlRules.IsSafe(page) ? page.AbsoluteUri : null,
            EndsOnUtc = end,
            EndTime = end is { } deadline ? await facts.TimeAsync(deadline) : string.Empty,
            TimeLeft = end - time.GetUtcNow().UtcDateTime,
            TimeAllowed = end - payment.CreatedOnUtc,
            Owner = await owners.ForAsync(payment, summary)
        };
    }

    /// <summary>The receipt of an attempt that was found by its token; null unless it paid its order.</summary>
    public async Task<ReceiptModel?> ReceiptAsync(CryptoPayment found, string token)
    {
        var (payment, order, state) = await reader.ReadAsync(found);
        return order is null || !state.Payment.HasReceipt || state.Payment.PaidOnUtc is not { } paidOn ? null : new ReceiptModel
        {
            Look = await looks.LookAsync(),
            TitleText = "Plugins.Payments.CryptoGateways.Receipt.Title",
            Token = token,
            OrderNumber = order.CustomOrderNumber,
            Facts = await facts.OfAsync(payment, state.Payment, order),
            PaidOn = await facts.TimeAsync(paidOn)
        };
    }

    /// <param name="isPayPage">See <see cref="NotFoundModel.IsPayPage"/>.</param>
    public async Task<NotFoundModel> NotFoundAsync(bool isPayPage) => new()
    {
        IsPayPage = isPayPage,
        Look = await looks.LookAsync(),
        TitleText = "Plugins.Payments.CryptoGateways.NotFound.Title"
    };
}

/// <summary>
/// Prepares the part of the pay page that only the order's owner sees.
/// </summary>
public class PayOwnerModelFactory(CustomerOrders ownOrders, PaymentOptionService paymentOptions, OrderPayments orderPayments, PaymentOptionModelFactory optionModels, DisplayedTotals totals)
{
    /// <summary>Null for everybody but the order's owner.</summary>
    public async Task<PayOwnerModel?> ForAsync(CryptoPayment payment, PaymentSummary summary)
    {
        if (await ownOrders.FindAsync(payment.OrderId) is not { } order)
            return null;

        var isWaiting = summary.State == PaymentState.AwaitingPayment;
        var options = summary.CanStartAnother || isWaiting ? await paymentOptions.ForOrderAsync(order) : [];
        return new PayOwnerModel(order.Id, order.CustomOrderNumber, await totals.OfOrderAsync(order))
        {
            Choice = !isWaiting && options.Any(option => option.Choice == payment.Choice) ? payment.Choice : null,
            Others = await optionModels.ListAsync([.. options.Where(option => option.Choice != payment.Choice)], null, order),
            MinutesToWait = summary.CanStartAnother && options.Count > 0 && await orderPayments.PauseAsync(order) is { } pause ? (int)Math.Ceiling(pause.TotalMinutes) : null
        };
    }
}

/// <summary>
/// Prepares what a wallet needs to pay.
/// </summary>
public class PayInstructionsFactory(AttemptGateways gateways, PayPriceFactory prices)
{
    /// <summary>Null when nothing can be sent to an address now.</summary>
    public async Task<PayInstructions?> OfAsync(CryptoPayment payment, PaymentSummary summary, Order? order)
    {
        if (payment.Address is not { } address || summary.ToSend is not { } amount)
            return null;

        var coin = gateways.CoinOf(payment);
        return new PayInstructions(address, amount.Amount, coin?.Symbol ?? payment.Coin, coin?.Name ?? payment.Coin,
            payment.Network ?? coin?.Name ?? payment.Coin, coin is null ? null : $"~/Plugins/{CryptoGatewaysDefaults.SystemName}/Content/coins/{coin.Icon}.svg",
            WalletUri.Of(coin?.Wallet, address, amount, payment.AddressTag))
        {
            Tag = payment.AddressTag,
            Price = await prices.OfAsync(payment, summary, order, amount),
            Transaction = WalletTransaction.Of(coin?.Wallet, address, amount, payment.AddressTag)
        };
    }
}

/// <summary>
/// Prepares what a shopper reads about a payment after paying.
/// </summary>
public class PayFactsFactory(AttemptGateways gateways, PayPriceFactory prices, UsualTimes usualTimes, PluginTexts texts)
{
    /// <inheritdoc cref="PluginTexts.TimeAsync"/>
    public Task<string> TimeAsync(DateTime utc) => texts.TimeAsync(utc);

    public async Task<PayFacts> OfAsync(CryptoPayment payment, PaymentSummary summary, Order? order)
    {
        var coin = gateways.CoinOf(payment);
        var network = payment.Network ?? coin?.Network;
        var requested = payment.AmountToSend ?? summary.Expected;
        return new PayFacts
        {
            GatewayName = gateways.NameOf(payment),
            IsTest = await gateways.IsTestAsync(payment),
            CoinName = $"{coin?.Name ?? payment.Coin}{(network is null ? string.Empty : $", {network}")}",
            Amount = summary.Named(requested).ToLocalString(CultureInfo.CurrentCulture),
            Received = summary.Received is { } received && received != requested ? summary.Named(received).ToLocalString(CultureInfo.CurrentCulture) : null,
            Price = await prices.OfAsync(payment, summary, order),
            Transactions = [.. (payment.TransactionIds ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => new PayTransaction(id, coin?.BlockExplorer?.ToTransaction(id)))],
            Confirmations = summary.ConfirmationsSeen is null ? payment.ConfirmationsSeen : null,
            UsualMinutes = summary.State is PaymentState.Detected or PaymentState.Confirming && await usualTimes.OfAsync(payment.Gateway, payment.Coin) is { } usual
                ? (int)Math.Ceiling(usual.TotalMinutes) : null
        };
    }
}

/// <summary>
/// Expresses coin amounts of a payment in the order's currency, at the quoted rate.
/// </summary>
public class PayPriceFactory(DisplayedTotals totals)
{
    /// <summary>The price of a whole payment; null without an order.</summary>
    public async Task<PayPrice?> OfAsync(CryptoPayment payment, PaymentSummary summary, Order? order) =>
        order is null ? null : new PayPrice(await totals.OfOrderAsync(order, payment.PriceAmount), await RateAsync(payment, summary, order));

    /// <summary>The price of a part of it; null without an order, or when the payment is not quoted in coins.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="summary">Its summary.</param>
    /// <param name="order">Its order.</param>
    /// <param name="part">An amount in units of the coin.</param>
    public async Task<PayPrice?> OfAsync(CryptoPayment payment, PaymentSummary summary, Order? order, Money part) =>
        order is null || CoinsOf(payment, summary) is not { Amount: > 0 } whole ? null
        : new PayPrice(await totals.OfOrderAsync(order, payment.PriceAmount * (part.Amount / whole.Amount)), await RateAsync(payment, summary, order));

    /// <summary>The quoted amount in units of the coin; null when the quote is a fiat amount.</summary>
    private static Money? CoinsOf(CryptoPayment payment, PaymentSummary summary) =>
        payment.AmountToSend ?? (summary.IsCoin(payment.Expected) ? payment.Expected : null);

    private async Task<string?> RateAsync(CryptoPayment payment, PaymentSummary summary, Order order)
    {
        if (CoinsOf(payment, summary) is not { Amount: > 0 } coins)
            return null;

        var units = UnitsOf(payment.PriceAmount * order.CurrencyRate / coins.Amount);
        var price = await totals.OfOrderAsync(order, payment.PriceAmount * units / coins.Amount);
        return $"{units.ToString("N0", CultureInfo.CurrentCulture)} {summary.Symbol} = {price}";
    }

    /// <summary>The units of the coin to price: 1, or 10, 100 and so on for a coin that is worth less than one unit of the currency.</summary>
    private static int UnitsOf(decimal price)
    {
        var units = 1;
        while (decimal.Round(price * units, 2) < 1m && units < 1_000_000)
            units *= 10;
        return units;
    }
}

/// <summary>
/// Prepares what the plugin's own pages show of the store, in the visitor's language.
/// </summary>
public class StoreLookFactory(IStoreContext storeContext, IWorkContext workContext, ISettingService settingService, IPictureService pictureService)
{
    public async Task<StoreLook> LookAsync()
    {
        var language = await workContext.GetWorkingLanguageAsync();
        var store = await storeContext.GetCurrentStoreAsync();
        var logo = (await settingService.LoadSettingAsync<StoreInformationSettings>(store.Id)).LogoPictureId;
        return new StoreLook(store.Name, language.LanguageCulture, language.Rtl)
        {
            LogoUrl = logo > 0 && await pictureService.GetPictureUrlAsync(logo, 0, false, null, PictureType.Entity) is { Length: > 0 } url ? url : null,
            Accent = AccentColor.Parse((await settingService.LoadSettingAsync<CryptoGatewaysSettings>(store.Id)).AccentColor)
        };
    }
}
