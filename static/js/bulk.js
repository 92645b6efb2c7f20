// Bulk actions: the bar appears with the first tick. Without this script the bar is simply always there.
// Markup: a form with data-bulk, ticks with data-bulk-tick, one tick with data-bulk-all,
// a bar with data-bulk-bar and inside it an element with data-bulk-count.
// A tick may stand outside its form (form="…"), and rows may be swapped by htmx, so everything is looked up when asked.
(() => {
  const parts = (form, name) => [...form.elements].filter((element) => name in element.dataset);

  const refresh = (form) => {
    const ticks = parts(form, "bulkTick");
    const count = ticks.filter((tick) => tick.checked).length;
    for (const bar of document.querySelectorAll("[data-bulk-bar]")) {
      if (bar.closest("form") !== form) continue;
      bar.hidden = count === 0;
      for (const place of bar.querySelectorAll("[data-bulk-count]")) place.textContent = count;
    }
    for (const all of parts(form, "bulkAll")) {
      all.checked = count > 0 && count === ticks.length;
      all.indeterminate = count > 0 && count < ticks.length;
    }
  };

  const refreshAll = () => document.querySelectorAll("form[data-bulk]").forEach(refresh);

  document.addEventListener("change", (event) => {
    const { target } = event;
    const form = target.form;
    if (!form || !("bulk" in form.dataset)) return;
    if ("bulkAll" in target.dataset) for (const tick of parts(form, "bulkTick")) tick.checked = target.checked;
    refresh(form);
  });
  document.addEventListener("htmx:afterSettle", refreshAll);
  window.addEventListener("pageshow", refreshAll);
  refreshAll();
})();
