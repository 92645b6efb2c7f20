// 记一笔: one more line for what a row brought to light. Without this script three empty lines are there.
(() => {
  const lines = document.querySelector("[data-lines]");
  if (!lines) return;
  const total = lines.querySelector("[name$='-TOTAL_FORMS']");
  const most = Number(lines.querySelector("[name$='-MAX_NUM_FORMS']").value);
  const add = lines.querySelector("[data-add-line]");
  const pattern = lines.querySelector("template");
  const shown = () => [...lines.querySelectorAll("[data-line]")];
  const isBlank = (line) => !line.querySelector(".field-invalid") && [...line.querySelectorAll("input[type='text'], textarea")].every((field) => !field.value);

  // Empty lines stay out of sight until they are asked for; the server takes no notice of them.
  const spare = shown().filter(isBlank);
  for (const line of spare) line.hidden = true;
  add.addEventListener("click", () => {
    let line = spare.shift();
    if (line) {
      line.hidden = false;
    } else {
      const number = total.value;
      total.value = Number(number) + 1;
      add.insertAdjacentHTML("beforebegin", pattern.innerHTML.replaceAll("__prefix__", number));
      line = shown().at(-1);
    }
    add.hidden = Number(total.value) >= most && !spare.length;
    line.querySelector("input, select, textarea").focus();
  });
})();
