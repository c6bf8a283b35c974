// Follows a payment: asks the store how it stands, and puts what the store draws anew in the page's place. It holds no texts.
(() => {
  'use strict';

  const longestPause = 60;
  const live = document.getElementById('pay-live');
  const offline = document.getElementById('pay-offline');
  let main = document.getElementById('pay');
  let version, seconds, deadline, timer, asking = false, failures = 0, looksAway = 0;

  function adopt() {
    version = main.dataset.version;
    seconds = Number(main.dataset.seconds);
    const left = document.getElementById('pay-left');
    deadline = left ? Date.now() + left.dataset.left * 1000 : 0;
    const until = document.getElementById('pay-until');
    if (until)
      until.textContent = until.textContent.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, new Date(until.dataset.end).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' }));
    for (const button of main.querySelectorAll('.copy')) {
      button.hidden = false;
      button.addEventListener('click', () => copy(button));
    }
  }

  // The interval is the store's; it doubles while nobody looks or nobody answers.
  function schedule() {
    clearTimeout(timer);
    if (seconds > 0)
      timer = setTimeout(ask, Math.min(longestPause, seconds * 2 ** (failures + looksAway)) * 1000);
  }

  async function ask() {
    if (asking)
      return;
    asking = true;
    clearTimeout(timer);
    looksAway = document.hidden ? looksAway + 1 : 0;
    try {
      const answer = await fetch(main.dataset.state, { cache: 'no-store', headers: { 'If-None-Match': version } });
      if (answer.status === 404)
        return location.reload();
      if (answer.status !== 304) {
        if (!answer.ok)
          throw new Error(answer.status);
        seconds = (await answer.json()).pollSeconds;
        await redraw();
      }
      // The store has more to do than this page's state knows of.
      seconds = Number(answer.headers.get('Retry-After') || seconds);
      failures = 0;
    } catch {
      failures++;
    } finally {
      asking = false;
    }
    offline.hidden = failures < 2;
    schedule();
  }

  async function redraw() {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (!answer.ok)
      throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.getElementById('pay');
    const focus = main.contains(document.activeElement) ? document.activeElement.id : null;
    const title = document.getElementById('pay-title').textContent;
    if (main.querySelector('details[open]'))
      next.querySelector('details')?.setAttribute('open', '');
    main.replaceWith(next);
    main = next;
    document.title = page.title;
    adopt();
    document.dispatchEvent(new Event('pay:drawn'));
    if (focus !== null)
      (document.getElementById(focus) || document.getElementById('pay-title')).focus();
    const parts = [document.getElementById('pay-confirmations'), document.getElementById('pay-silent'), document.getElementById('pay-missing')];
    if (document.getElementById('pay-title').textContent !== title)
      parts.unshift(document.getElementById('pay-title'), document.getElementById('pay-text'));
    live.textContent = parts.filter(part => part).map(part => part.textContent.trim()).join(' ');
  }

  function tick() {
    const left = document.getElementById('pay-left');
    if (!left)
      return;
    const rest = Math.max(0, Math.round((deadline - Date.now()) / 1000));
    const two = number => String(number).padStart(2, '0');
    const hours = Math.floor(rest / 3600);
    const text = (hours ? hours + ':' : '') + two(Math.floor(rest / 60) % 60) + ':' + two(rest % 60);
    if (left.textContent === text)
      return;
    left.textContent = text;
    const time = document.getElementById('pay-time');
    if (time)
      time.value = rest;
  }

  async function copy(button) {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.dataset.value || source.textContent);
    } catch {
      // Without https, or in a wallet's browser: select it, and copy the old way where that is left.
      getSelection().selectAllChildren(source);
      if (!document.execCommand('copy'))
        return;
    }
    const text = button.textContent;
    if (text === button.dataset.done)
      return;
    button.textContent = live.textContent = button.dataset.done;
    button.classList.add('done');
    setTimeout(() => {
      button.textContent = text;
      button.classList.remove('done');
      live.textContent = '';
    }, 2000);
  }

  // An amount is shown in the page's culture and copied as wallets read it, by whatever means.
  document.addEventListener('copy', event => {
    const node = getSelection().anchorNode;
    const source = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest('[data-value]');
    if (!source)
      return;
    event.clipboardData.setData('text/plain', source.dataset.value);
    event.preventDefault();
  });

  adopt();
  schedule();
  setInterval(tick, 1000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && seconds > 0) {
      looksAway = failures = 0;
      ask();
    }
  });
})();
