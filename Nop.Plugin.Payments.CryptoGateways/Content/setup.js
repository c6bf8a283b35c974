/* Configuration pages: tests without a page load, copy buttons, the first invalid field, and a warning before unsaved values are lost. */
(function () {
  'use strict';

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-crypto-test], [data-crypto-copy]');
    if (!button) return;
    if (button.dataset.cryptoCopy) {
      copy(button);
      return;
    }
    event.preventDefault();
    test(button, document.getElementById(button.dataset.cryptoTest));
  });

  var firstError = document.querySelector('#crypto-errors a');
  var field = firstError && document.getElementById(firstError.hash.slice(1));
  if (field) (field.matches('input, select, textarea') ? field : field.querySelector('input') || field).focus();

  var hasUnsavedValues = !!firstError;
  document.addEventListener('input', function (event) {
    if (event.target.closest('form[method=post]')) hasUnsavedValues = true;
  });
  document.addEventListener('submit', function () { hasUnsavedValues = false; });
  window.addEventListener('beforeunload', function (event) {
    if (hasUnsavedValues) event.preventDefault();
  });

  function test(button, result) {
    if (button.disabled) return;
    button.disabled = true;
    show(result, result.dataset.wait, '');
    fetch(button.hasAttribute('formaction') ? button.formAction : button.form.action, {
      method: 'POST',
      body: new FormData(button.form),
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      credentials: 'same-origin'
    }).then(function (response) {
      if (!response.ok) throw new Error(response.status);
      return response.json();
    }).then(function (outcome) {
      show(result, outcome.Text, outcome.IsFine);
      if (outcome.Location) {
        hasUnsavedValues = false;
        location.assign(outcome.Location);
      }
    }).catch(function () {
      show(result, result.dataset.lost, false);
    }).then(function () {
      button.disabled = false;
    });
  }

  function show(result, text, isFine) {
    result.textContent = text;
    result.dataset.fine = isFine === '' ? '' : isFine ? 'True' : 'False';
  }

  function copy(button) {
    var field = document.getElementById(button.dataset.cryptoCopy);
    field.select();
    var done = function () { button.textContent = button.dataset.done; };
    // Without https or the permission, the clipboard API does not work.
    var fallback = function () { if (document.execCommand('copy')) done(); };
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, fallback);
    else fallback();
  }
})();
