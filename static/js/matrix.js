// A sheet of venues by items, filled in by keys like a spreadsheet: arrows and Enter go from cell to cell, digits put a mark.
(() => {
  const form = document.querySelector("[data-matrix]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-row]")].map((row) => [...row.querySelectorAll("[data-cell]")]);
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

  const put = (cell, index) => {
    if (index >= cell.options.length || cell.selectedIndex === index) return;
    cell.selectedIndex = index;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // When and how it was done is asked where it was done.
  const follow = (cell) => {
    const more = cell.parentElement.querySelector(".sheet-more");
    if (more) more.hidden = cell.selectedIndex !== 1 && ![...more.children].some((input) => input.value);
  };

  rows.forEach((cells, y) => cells.forEach((cell, x) => {
    follow(cell);
    cell.addEventListener("change", () => follow(cell));
    cell.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const step = STEPS[event.key];
      if (step) {
        event.preventDefault();
        const next = rows[y + step[0]]?.[x + step[1]];
        next?.focus({ preventScroll: true });
        next?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
      } else if (/^[0-9]$/.test(event.key) || event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        put(cell, Number(event.key) || 0);
      }
    });
  }));

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("[type=submit]"));
  });

  const fill = (cells) => { for (const cell of cells) if (!cell.value) put(cell, 1); };
  for (const button of form.querySelectorAll("[data-fill-column]")) {
    button.addEventListener("click", () => fill(rows.map((cells) => cells[Number(button.dataset.fillColumn)])));
  }
  form.querySelectorAll("[data-fill-row]").forEach((button) => {
    button.addEventListener("click", () => fill([...button.closest("[data-row]").querySelectorAll("[data-cell]")]));
  });
})();
