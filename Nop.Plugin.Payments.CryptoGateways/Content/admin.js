// Payment pages of the admin area: the list's URL, charts and copy buttons. jQuery, DataTables, Select2 and Chart.js come from the platform.
(() => {
  "use strict";

  // Renders the status column. The platform's grid calls it by this name.
  window.cryptoPaymentStatus = (text, type, row) => {
    const badge = document.createElement("span");
    badge.className = `badge badge-${row.StatusStyle}`;
    badge.textContent = text;
    return badge.outerHTML;
  };

  const defaults = { Sort: "Created", Ascending: "false", Start: "0" };

  function grid(form) {
    const table = `#${form.dataset.cryptoGrid}`;
    const sorts = form.dataset.cryptoSorts.split(",");
    const query = new URLSearchParams(location.search);
    const orderOf = query => [[Math.max(0, sorts.indexOf(query.get("Sort") || defaults.Sort)), query.get("Ascending") === "true" ? "asc" : "desc"]];
    const startOf = query => Math.max(0, parseInt(query.get("Start"), 10) || 0);
    let replacesUrl = true;

    // The platform's grid has no options for these. It is created later, when the page is ready.
    $.extend(true, $.fn.dataTable.defaults, {
      order: orderOf(query),
      displayStart: startOf(query),
      columnDefs: [{ targets: sorts.flatMap((sort, i) => sort ? [] : [i]), orderable: false }]
    });

    const settingsOf = api => ({
      Sort: sorts[(api.order()[0] || [0])[0]],
      Ascending: String((api.order()[0] || [0, "desc"])[1] === "asc"),
      Start: String(api.page.info().start),
      Length: String(api.page.len())
    });

    $(document).on("preXhr.dt", table, (event, settings, data) => {
      const { Sort, Ascending } = settingsOf(new $.fn.dataTable.Api(settings));
      Object.assign(data, { Sort, Ascending });
      delete data.columns;
    });

    // Keep filter, order and page in the URL, so that the list can be bookmarked, shared and navigated back to.
    $(document).on("draw.dt", table, (event, settings) => {
      const state = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && value !== "0" && !name.startsWith("__")));
      for (const [name, value] of Object.entries(settingsOf(new $.fn.dataTable.Api(settings))))
        if (value !== defaults[name] && (name !== "Length" || value !== form.dataset.length))
          state.set(name, value);
      const url = `${location.pathname}${[...state].length ? "?" : ""}${state}`;
      if (url !== location.pathname + location.search)
        history[replacesUrl ? "replaceState" : "pushState"](null, "", url);
      replacesUrl = false;
    });
    $(document).on("init.dt", table, (event, settings) => form.dataset.length ||= new URLSearchParams(location.search).get("Length") ? "" : String(settings._iDisplayLength));

    addEventListener("popstate", () => {
      const query = new URLSearchParams(location.search);
      for (const field of form.elements) {
        if (!field.name || field.type === "submit" || field.type === "hidden")
          continue;
        const values = query.getAll(field.name);
        if (field.multiple)
          for (const option of field.options) option.selected = values.includes(option.value);
        else
          field.value = values[0] ?? (field.options ? field.options[0].value : "");
        $(field).trigger("change.select2");
      }
      replacesUrl = true;
      const api = $(table).DataTable();
      api.order(orderOf(query));
      api.page(Math.floor(startOf(query) / api.page.len())).draw("page");
    });
  }

  const colors = { Paid: "#28a745", Open: "#17a2b8", Expired: "#adb5bd", Failed: "#6c757d", Review: "#dc3545", Median: "#007bff", P95: "#fd7e14" };

  function chart(canvas) {
    const { labels, sets, stacked, horizontal } = JSON.parse(canvas.dataset.cryptoChart);
    if (horizontal)
      canvas.parentElement.style.height = `${Math.max(14, 5 + 1.8 * labels.length)}rem`;
    new Chart(canvas, {
      type: "bar",
      data: { labels, datasets: sets.map(set => ({ label: set.label, data: set.data, backgroundColor: colors[set.color] })) },
      options: {
        indexAxis: horizontal ? "y" : "x",
        animation: false,
        maintainAspectRatio: false,
        scales: { x: { stacked, beginAtZero: true }, y: { stacked, beginAtZero: true, ticks: { autoSkip: !horizontal } } }
      }
    });
  }

  async function copy(button) {
    await navigator.clipboard.writeText(button.dataset.cryptoCopy);
    button.textContent = button.dataset.cryptoCopied;
  }

  const filter = document.querySelector("[data-crypto-grid]");
  if (filter && window.jQuery?.fn.dataTable)
    grid(filter);
  if (window.Chart)
    document.querySelectorAll("[data-crypto-chart]").forEach(chart);
  document.querySelectorAll("[data-crypto-copy]").forEach(button => button.addEventListener("click", () => copy(button)));
})();
