/* The moderators' pages: keys, covered pictures, choosing several, what a decision will say. */

const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

function rows() {
  return [...document.querySelectorAll("[data-row]")];
}

function move(step) {
  const all = rows();
  const here = all.findIndex((row) => row.classList.contains("is-here"));
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  if (!next) return;
  all[here]?.classList.remove("is-here");
  next.classList.add("is-here");
  next.querySelector("a").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function choose() {
  const box = document.querySelector("[data-row].is-here input[type=checkbox]");
  box?.click();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: choose,
  n: () => document.querySelector("[data-key=n]")?.click(),
  c: () => document.querySelector("[data-key=c]")?.click(),
  d: () => {
    const field = document.querySelector("[data-decide] input:not([type=hidden])");
    field?.focus();
    field?.closest("form").scrollIntoView({ block: "nearest" });
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const press = document.querySelector("[data-desk]") && keys[event.key];
  if (!press) return;
  event.preventDefault();
  press();
});

// --- Choosing several -----------------------------------------------------------------------------

function tellChosen() {
  const bar = document.querySelector("[data-bulk]");
  if (!bar) return;
  const count = document.querySelectorAll("[data-row] input:checked").length;
  bar.hidden = count === 0;
  bar.querySelector("[data-chosen]").textContent = String(count);
}

tellChosen(); // without this script the button stands there and says when nothing is chosen

// --- Covered pictures -----------------------------------------------------------------------------

function toggleCover(button) {
  const covered = button.parentElement.classList.toggle("is-covered");
  button.textContent = covered ? button.dataset.show : button.dataset.hide;
  if (covered) button.parentElement.querySelector("video")?.pause();
}

document.addEventListener("click", (event) => {
  const cover = event.target.closest("[data-cover]");
  if (cover) toggleCover(cover);
});

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.closest("[data-row]")) tellChosen();
  if (target.closest("[data-filters]")) target.form.requestSubmit();
  if (target.matches("[data-reply]")) insertReply(target);
});

// --- Saved replies --------------------------------------------------------------------------------

function insertReply(select) {
  const words = select.form.elements.words;
  const chosen = select.selectedOptions[0]?.dataset.words;
  if (!chosen) return;
  const before = words.value.slice(0, words.selectionStart);
  const after = words.value.slice(words.selectionEnd);
  const gap = before && !before.endsWith("\n") ? "\n" : "";
  words.value = before + gap + chosen + after;
  select.selectedIndex = 0;
  words.focus();
  words.dispatchEvent(new Event("change", { bubbles: true }));
}

// --- A claim that ends while one reads ------------------------------------------------------------

const held = document.querySelector("[data-held-until]");
if (held) {
  const until = new Date(held.dataset.heldUntil).getTime();
  const tell = () => {
    const left = Math.max(0, Math.round((until - Date.now()) / 60000));
    held.textContent = held.dataset.words.replace("%s", String(left));
    held.classList.toggle("bad", left <= 5);
  };
  tell();
  setInterval(tell, 15000);
}

tellChosen();

// --- The reported message stands in the middle of what was said around it -------------------------

for (const said of document.querySelectorAll(".said")) {
  const it = said.querySelector(".is-it");
  if (it) said.scrollTop = it.offsetTop - said.offsetTop - (said.clientHeight - it.offsetHeight) / 2;
}
