// 记一笔: helps to choose the kind, and draws what follows from it. Without this script the select alone does it all.
// Each option of the kind tells what it counts (data-quantity, data-unit, data-done) and where it was last recorded
// (data-village, data-place).
(() => {
  const form = document.getElementById("record");
  const kind = document.getElementById("id_kind");
  if (!form || !kind) return;
  const { village, place, quantity, quantity_done: done } = form.elements;
  const note = form.querySelector("[data-place-note]");
  let placeGiven = "placeGiven" in form.dataset;

  const chosen = () => kind.selectedOptions[0];

  // A kind that asks for other things has a form of its own: fetch it, with what was typed so far. Not while somebody is
  // still typing or walking through the list by keys, only when he has made his choice.
  const shownForm = chosen().dataset.form ?? "";
  let choosing = false;
  const settleForm = () => {
    if (!("switches" in form.dataset) || !kind.value || (chosen().dataset.form ?? "") === shownForm) return false;
    const word = document.createElement("input");
    Object.assign(word, { type: "hidden", name: "switch", value: "1" });
    form.append(word);
    form.requestSubmit();
    return true;
  };

  // What the kind counts beside people: shown with its own words, or not at all and then not sent.
  const count = (input, label, unit) => {
    const box = document.getElementById(`div_${input.id}`);
    box.hidden = !label && !box.classList.contains("field-invalid");
    input.disabled = box.hidden;
    if (!label) return;
    box.querySelector("label").firstChild.textContent = label;
    let word = box.querySelector(".input-group-text");
    if (!word) {
      const group = document.createElement("div");
      group.className = "input-group";
      word = document.createElement("span");
      word.className = "input-group-text";
      input.replaceWith(group);
      group.append(input, word);
    }
    word.textContent = unit;
  };

  const follow = () => {
    const { quantity: label, unit, done: doneLabel } = chosen().dataset;
    count(quantity, label, unit);
    count(done, doneLabel, unit);
    for (const button of form.querySelectorAll("[data-kind]")) button.setAttribute("aria-pressed", String(button.dataset.kind === kind.value));
  };

  // The place of the last entry of this kind, until a place is chosen by hand; the folded part says so.
  const followPlace = () => {
    const { village: lastVillage, place: lastPlace } = chosen().dataset;
    if (placeGiven || lastVillage === undefined || !village) return;
    if ([...village.options].some((option) => option.value === lastVillage)) village.value = lastVillage;
    place.value = lastPlace;
    tellPlace();
  };

  const tellPlace = () => {
    if (!village) return;
    const words = [village.value && village.selectedOptions[0].text, place.value].filter(Boolean).join(" ");
    note.textContent = words ? note.dataset.prefix + words : "";
  };

  const choose = (code) => {
    kind.value = code;
    kind.dispatchEvent(new Event("change", { bubbles: true }));
  };

  kind.addEventListener("change", () => {
    follow();
    followPlace();
    if (!choosing) settleForm();
  });
  kind.addEventListener("keydown", (event) => {
    choosing = true;
    if (event.key === "Enter" && settleForm()) event.preventDefault();
  });
  kind.addEventListener("pointerdown", () => { choosing = false; });
  kind.closest(".record-kind").addEventListener("focusout", (event) => {
    if (choosing && !event.currentTarget.contains(event.relatedTarget)) settleForm();
  });
  for (const input of [village, place].filter(Boolean)) input.addEventListener("input", () => { placeGiven = true; tellPlace(); });

  for (const button of form.querySelectorAll("[data-kind]")) {
    button.setAttribute("role", "button");
    const take = (event) => {
      event.preventDefault();
      show("");
      search.value = "";
      choosing = false;
      choose(button.dataset.kind);
      form.elements.title.focus();
    };
    button.addEventListener("click", take);
    button.addEventListener("keydown", (event) => { if (event.key === " ") take(event); });
  }

  // Typing two characters narrows the kinds to those that hold them; the first of them is chosen.
  const options = [...kind.options].filter((option) => option.value);
  const search = document.createElement("input");
  search.type = "search";
  search.className = "form-control record-search";
  search.autocomplete = "off";
  search.placeholder = form.dataset.searchHint;
  search.setAttribute("aria-label", form.dataset.searchHint);
  search.setAttribute("aria-controls", kind.id);
  kind.before(search);

  const show = (words) => {
    const found = options.filter((option) => {
      option.hidden = !option.text.includes(words);
      return !option.hidden;
    });
    for (const group of kind.querySelectorAll("optgroup")) group.hidden = ![...group.children].some((option) => !option.hidden);
    kind.options[0].hidden = Boolean(words);
    kind.size = words && found.length > 1 ? Math.min(found.length + 3, 9) : 0;
    return found;
  };

  search.addEventListener("input", () => {
    const words = search.value.trim();
    const found = show(words);
    choosing = true;
    if (words && found.length && !found.includes(chosen())) choose(found[0].value);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      settle();
      if (!settleForm()) form.elements.title.focus();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      kind.focus();
    }
  });
  const settle = () => { search.value = ""; show(""); };
  kind.addEventListener("click", () => { if (kind.size > 1) settle(); });
  kind.addEventListener("blur", settle);

  follow();
  tellPlace();
  // The first thing to say is the kind; with the kind given, the venue or the title. Errors and questions on top come before both.
  if (!document.querySelector("main [role='alert'], .error-summary") && "starts" in form.dataset) (kind.value ? form.elements.venue || form.elements.title : search).focus();
})();
