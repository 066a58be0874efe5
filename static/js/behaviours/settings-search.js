// Finds settings by their words while one types; a section without a find steps aside.

const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export default function settingsSearch(page) {
  const box = page.querySelector("[data-find]");
  const input = box.querySelector("input");
  const none = page.querySelector("[data-none]");
  const rows = [...page.querySelectorAll("li")].map((row) => [row, plain(`${row.textContent} ${row.dataset.words ?? ""}`)]);
  const sections = [...page.querySelectorAll(".settings__part")];

  function find() {
    const wanted = plain(input.value.trim()).split(/\s+/).filter(Boolean);
    for (const [row, words] of rows) row.hidden = !wanted.every((word) => words.includes(word));
    for (const section of sections) section.classList.toggle("settings__part--none", wanted.length > 0 && !section.querySelector("li:not([hidden])"));
    none.hidden = !wanted.length || rows.some(([row]) => !row.hidden);
  }

  box.hidden = false;
  input.addEventListener("input", find);
  if (input.value) find();
  return () => input.removeEventListener("input", find);
}
