// The form of a venue asks only what its type leaves open: the fitting teachings, and the level of folk sites.
// Without this script all is asked, and the server says what does not fit.
(() => {
  const type = document.getElementById("id_type");
  const teaching = document.getElementById("id_teaching");
  const level = document.getElementById("id_level");
  if (!type || !teaching || !level) return;
  const fitting = JSON.parse(teaching.dataset.teachings);

  const show = (input, shown) => {
    const box = document.getElementById(`div_${input.id}`);
    box.hidden = !shown && !box.classList.contains("field-invalid");
    input.disabled = box.hidden;
  };

  const follow = () => {
    const taught = fitting[type.value];
    for (const option of teaching.options) option.hidden = Boolean(taught && option.value && !taught.includes(option.value));
    if (teaching.selectedOptions[0].hidden) teaching.value = "";
    if (taught?.length === 1) teaching.value = taught[0];
    show(teaching, type.value !== "folk");
    show(level, !type.value || type.value === "folk");
  };

  type.addEventListener("change", follow);
  follow();
})();
