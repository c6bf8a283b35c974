/* The configuration page's buttons: what is tried is told beside the button, so that what was entered stays in the form. */
(function () {
  'use strict';

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-crypto-try], [data-crypto-copy]');
    if (!button) return;
    if (button.dataset.cryptoCopy) {
      copy(button);
      return;
    }
    event.preventDefault();
    tryOut(button, document.getElementById(button.dataset.cryptoTry));
  });

  function tryOut(button, result) {
    if (button.disabled) return;
    button.disabled = true;
    tell(result, result.dataset.wait, '');
    fetch(button.hasAttribute('formaction') ? button.formAction : button.form.action, {
      method: 'POST',
      body: new FormData(button.form),
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      credentials: 'same-origin'
    }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (tried) {
      tell(result, tried.Text, tried.IsFine);
      if (tried.Location) location.assign(tried.Location);
    }).catch(function () {
      tell(result, result.dataset.lost, false);
    }).then(function () {
      button.disabled = false;
    });
  }

  function tell(result, text, isFine) {
    result.textContent = text;
    result.dataset.fine = isFine === '' ? '' : isFine ? 'True' : 'False';
  }

  function copy(button) {
    var field = document.getElementById(button.dataset.cryptoCopy);
    field.select();
    var done = function () { button.textContent = button.dataset.done; };
    // Without https, or where the browser does not allow it, the older way.
    var otherwise = function () { if (document.execCommand('copy')) done(); };
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, otherwise);
    else otherwise();
  }
})();
