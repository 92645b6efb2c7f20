// The period picker goes to the chosen period at once when chosen by pointer.
// By keyboard the arrows walk through the choices, so there the button (or Enter) sends it.
(() => {
  const form = document.querySelector("[data-period]");
  if (!form) return;
  const select = form.querySelector("select");
  const button = form.querySelector("button");
  let byKey = false;
  button.hidden = true;
  select.addEventListener("pointerdown", () => { byKey = false; });
  select.addEventListener("keydown", (event) => {
    byKey = true;
    if (event.key === "Enter" && !button.hidden) { event.preventDefault(); form.requestSubmit(); }
  });
  select.addEventListener("change", () => {
    if (byKey) button.hidden = false;
    else form.requestSubmit();
  });
})();
