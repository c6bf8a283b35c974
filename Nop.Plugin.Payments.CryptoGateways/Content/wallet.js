// Pays with a wallet in the browser: EIP-6963 finds the wallets, EIP-1193 talks to them. The store computes the transaction; this
// script passes it on and reports what happened. It holds no texts.
(() => {
  'use strict';

  const wallets = new Map();
  const sentKey = 'crypto-sent:' + location.pathname;
  let isBusy = false;

  const panel = () => document.getElementById('pay-browser');

  function say(text) {
    const line = document.getElementById('pay-browser-text');
    if (line)
      line.textContent = document.getElementById('pay-live').textContent = text;
  }

  function draw() {
    const place = panel();
    if (!place)
      return;
    // A page that was drawn anew must not offer to pay what was just sent.
    const wasSent = sessionStorage.getItem(sentKey) === place.dataset.transaction;
    place.hidden = !wasSent && wallets.size === 0;
    place.querySelectorAll('button').forEach(button => button.remove());
    if (wasSent)
      return void (document.getElementById('pay-browser-text').textContent = place.dataset.sent);
    for (const { info, provider } of wallets.values()) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button';
      button.textContent = place.dataset.pay.replace('{0}', info.name || place.dataset.wallet);
      button.addEventListener('click', () => pay(provider));
      place.prepend(button);
    }
  }

  async function pay(provider) {
    if (isBusy)
      return;
    isBusy = true;
    const { dataset } = panel();
    const transaction = JSON.parse(dataset.transaction);
    say(dataset.confirm);
    try {
      const [from] = await provider.request({ method: 'eth_requestAccounts' });
      if (!await isOnChain(provider, transaction.chainId))
        return say(dataset.network);
      await provider.request({ method: 'eth_sendTransaction', params: [{ from, ...transaction }] });
      sessionStorage.setItem(sentKey, dataset.transaction);
      draw();
      say(dataset.sent);
    } catch (error) {
      // 4001 of EIP-1193: the user rejected the request.
      say(error?.code === 4001 ? dataset.declined : dataset.failed);
    } finally {
      isBusy = false;
    }
  }

  // Asks the wallet to switch, and believes only what it then says.
  async function isOnChain(provider, chainId) {
    const isThere = async () => BigInt(await provider.request({ method: 'eth_chainId' })) === BigInt(chainId);
    if (await isThere())
      return true;
    try {
      await provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId }] });
    } catch (error) {
      // 4902: the wallet does not know the chain.
      if (error?.code === 4902)
        return false;
      throw error;
    }
    return isThere();
  }

  addEventListener('eip6963:announceProvider', event => {
    wallets.set(event.detail.info.uuid, event.detail);
    draw();
  });
  dispatchEvent(new Event('eip6963:requestProvider'));
  if (wallets.size === 0 && window.ethereum?.request)
    wallets.set('', { info: {}, provider: window.ethereum });
  document.addEventListener('pay:drawn', draw);
  draw();
})();
