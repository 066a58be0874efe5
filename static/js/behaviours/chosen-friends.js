// The list of friends who may watch: find one by typing, see how many are chosen.

export default function chosenFriends(fieldset) {
  const search = fieldset.querySelector("[data-search]");
  if (!search) return;
  const rows = [...fieldset.querySelectorAll("[data-words]")];
  const count = fieldset.querySelector("[data-count]");

  const showCount = () => {
    const chosen = fieldset.querySelectorAll("input:checked").length;
    count.textContent = chosen ? interpolate(ngettext("%s person", "%s people", chosen), [chosen]) : "";
  };

  search.hidden = rows.length < 8;
  search.addEventListener("input", (event) => {
    event.stopPropagation(); // what is looked for is not what is said
    const words = event.target.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.dataset.words.includes(words);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    rows.find((row) => !row.hidden)?.querySelector("input").click();
  });
  fieldset.addEventListener("change", showCount);
  showCount();
}
