// Asks before a page with unsaved typed text is left. For forms marked data-warn-unsaved.
(() => {
  const changed = new Set();
  const marked = (event) => event.target.closest && event.target.closest("form[data-warn-unsaved]");

  document.addEventListener("input", (event) => {
    const form = marked(event);
    if (form) changed.add(form);
  });
  document.addEventListener("submit", (event) => {
    const form = marked(event);
    if (form && !event.defaultPrevented) changed.delete(form);
  });
  // A form saved in place by htmx is saved too
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = marked(event);
    if (form && event.detail.successful && event.detail.requestConfig.verb === "post" && event.detail.elt === form) changed.delete(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
})();
