// The summary's pages: write a figure's name at the cursor or in place of a wrong one, find a figure, save with Ctrl+S, keep the paper beside the
// section that is written, copy the signed text. Without this script everything is there to read and to type.
(() => {
  const text = document.querySelector("form[data-editor] textarea");
  const paper = document.querySelector("[data-paper]");

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-insert]");
    if (!button || !text) return;
    const wrong = button.dataset.insteadOf; // the nearest name takes the place of the wrong one
    const at = wrong ? text.value.indexOf(wrong) : text.selectionStart;
    if (at < 0) return;
    text.focus();
    text.setRangeText(button.dataset.insert, at, wrong ? at + wrong.length : text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const search = document.querySelector("[data-picker-search]");
  if (search) {
    const open = [...document.querySelectorAll(".picker details")].map((group) => [group, group.open]);
    search.hidden = false;
    search.addEventListener("input", () => {
      const words = search.value.trim();
      for (const [group, wasOpen] of open) {
        const items = [...group.querySelectorAll("li")];
        for (const item of items) item.hidden = words !== "" && !item.textContent.includes(words);
        group.hidden = items.every((item) => item.hidden);
        group.open = words === "" ? wasOpen : true;
      }
    });
  }

  document.addEventListener("keydown", (event) => {
    if (!text || event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    text.form.requestSubmit();
  });

  const show = () => {
    const section = paper && document.getElementById(`paper-${paper.dataset.paper}`);
    if (!section) return;
    for (const other of paper.querySelectorAll(".paper-section.written")) other.classList.remove("written");
    if (text) section.classList.add("written");
    return section;
  };
  const section = show();
  // Only the paper's own box scrolls, and only where it has one: on a narrow window it stands below the editor.
  if (section && text && paper.scrollHeight > paper.clientHeight) {
    const isFirst = !section.previousElementSibling.matches(".paper-section"); // then the title shows above it
    if (!isFirst) paper.scrollTop += section.getBoundingClientRect().top - paper.getBoundingClientRect().top - 24;
  }
  document.addEventListener("htmx:afterSettle", show);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.querySelector(button.dataset.copy);
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(source.value);
    } catch { // no clipboard without HTTPS: the old way, from the visible text
      source.closest("details").open = true;
      source.select();
      if (!document.execCommand("copy")) return;
    }
    button.textContent = button.dataset.copied;
  });
})();
