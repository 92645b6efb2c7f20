// Warns five minutes before the session ends for idleness, and lets the person stay without losing what is typed.
// The body says how long (data-idle-seconds) and where to ask for more time (data-keep-url).
// The server counts requests, so the clock starts again with every page and every htmx answer, in any tab.
(() => {
  const seconds = Number(document.body.dataset.idleSeconds);
  const element = document.getElementById("idle-dialog");
  if (!seconds || !element) return;
  const WARNING = Math.min(300, seconds / 2);
  const KEY = "idle-since";
  const dialog = new bootstrap.Modal(element);
  const show = (name) => {
    for (const part of element.querySelectorAll("[data-idle]")) part.hidden = !part.dataset.idle.split(" ").includes(name);
  };
  let since = Date.now();
  let ended = false;

  const restart = () => {
    since = Date.now();
    try { localStorage.setItem(KEY, String(since)); } catch { /* storage may be switched off */ }
    dialog.hide();
  };

  const end = () => {
    ended = true;
    show("ended");
    dialog.show();
  };

  const look = () => {
    if (ended) return;
    const left = seconds - (Date.now() - since) / 1000;
    if (left <= 0) return end();
    if (left <= WARNING && !element.classList.contains("show")) {
      show("warning");
      dialog.show();
    }
    for (const part of element.querySelectorAll("[data-idle-minutes]")) part.textContent = Math.max(1, Math.ceil(left / 60));
  };

  element.querySelector("[data-idle-keep]").addEventListener("click", async () => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    try {
      const answer = await fetch(document.body.dataset.keepUrl, {
        method: "POST",
        headers: { "X-CSRFToken": token ? token.value : "" },
        credentials: "same-origin",
      });
      if (answer.ok && !answer.redirected) restart();
      else end();
    } catch {
      show("offline");
    }
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY && event.newValue && !ended) { since = Number(event.newValue); dialog.hide(); }
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && !ended) restart(); });
  document.addEventListener("visibilitychange", look);
  restart();
  setInterval(look, 10000);
})();
