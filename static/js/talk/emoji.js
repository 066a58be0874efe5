// All emoji, to be chosen by group or by word; the list comes only when somebody opens it.

const RECENT_KEY = "medley.emoji";
const RECENT = 24;
const FOUND = 120;
const FACES = { recent: "🕘", 0: "😀", 1: "👋", 3: "🐻", 4: "🍎", 5: "✈️", 6: "⚽", 7: "💡", 8: "🔣", 9: "🏁" };
let emoji = null;

const names = () => ({
  recent: gettext("Recent"),
  0: gettext("Smileys"),
  1: gettext("People"),
  3: gettext("Animals and nature"),
  4: gettext("Food and drink"),
  5: gettext("Travel and places"),
  6: gettext("Activities"),
  7: gettext("Objects"),
  8: gettext("Symbols"),
  9: gettext("Flags"),
});

/** An element to choose from; `source` is the list's address, `choose(emoji)` hears the choice. */
export async function emojiPicker(source, choose) {
  emoji ??= await (await fetch(source)).json();
  const picker = element("div", "emoji");
  const find = element("input", "");
  Object.assign(find, { type: "search", placeholder: gettext("Find an emoji"), autocomplete: "off" });
  find.setAttribute("aria-label", gettext("Find an emoji"));
  const grid = element("div", "emoji__grid");
  const tabs = groupButtons((group) => {
    find.value = "";
    show(grid, inGroup(group));
  });
  const row = element("div", "emoji__find");
  row.append(find);
  picker.append(row, tabs, grid);
  find.addEventListener("input", () => show(grid, find.value ? matching(find.value) : inGroup("0")));
  grid.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    remember(button.textContent);
    choose(button.textContent);
  });
  grid.addEventListener("keydown", (event) => walk(event, grid, find));
  find.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") grid.querySelector("button")?.focus();
    if (event.key === "Enter") grid.querySelector("button")?.click();
  });
  tabs.querySelector(recent().length ? "button" : "button:nth-child(2)").click();
  return picker;
}

function groupButtons(open) {
  const tabs = element("div", "emoji__groups");
  for (const [group, name] of Object.entries(names()).sort(([one], [other]) => (one === "recent" ? -1 : other === "recent" ? 1 : one - other))) {
    const tab = element("button", "");
    tab.type = "button";
    tab.textContent = FACES[group];
    tab.title = name;
    tab.setAttribute("aria-label", name);
    tab.addEventListener("click", () => {
      for (const other of tabs.children) other.setAttribute("aria-pressed", String(other === tab));
      open(group);
    });
    tabs.append(tab);
  }
  return tabs;
}

function inGroup(group) {
  if (group === "recent") return recent().map((one) => ({ emoji: one, annotation: one }));
  return emoji.filter((one) => one.group === Number(group));
}

function matching(words) {
  const wanted = words.toLowerCase().trim().split(/\s+/);
  const says = ({ annotation, tags = [] }) => `${annotation} ${tags.join(" ")}`.toLowerCase();
  return emoji.filter((one) => wanted.every((word) => says(one).includes(word))).slice(0, FOUND);
}

function show(grid, list) {
  grid.scrollTop = 0;
  grid.replaceChildren(...list.map(choice));
  // Tab reaches the grid once; arrows walk in it.
  if (list.length) return void (grid.firstChild.tabIndex = 0);
  const none = element("p", "emoji__none");
  none.textContent = gettext("None found.");
  grid.append(none);
}

function choice(one) {
  const button = element("button", "");
  Object.assign(button, { type: "button", tabIndex: -1 });
  button.textContent = one.emoji;
  button.title = one.annotation;
  button.setAttribute("aria-label", one.annotation);
  return button;
}

/** Arrows in reading direction; up from the first row leads back to the words. */
function walk(event, grid, find) {
  const buttons = [...grid.querySelectorAll("button")];
  const { gridTemplateColumns, direction } = getComputedStyle(grid);
  const across = gridTemplateColumns.split(" ").length;
  const onward = direction === "rtl" ? -1 : 1;
  const here = buttons.indexOf(document.activeElement);
  const places = { ArrowRight: here + onward, ArrowLeft: here - onward, ArrowDown: here + across, ArrowUp: here - across, Home: 0, End: buttons.length - 1 };
  if (!(event.key in places)) return;
  event.preventDefault();
  const next = buttons[places[event.key]];
  if (!next) return event.key === "ArrowUp" && find.focus();
  buttons[here].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT_KEY)) ?? [];
  } catch {
    return [];
  }
}

function remember(one) {
  try {
    const list = [one, ...recent().filter((other) => other !== one)].slice(0, RECENT);
    localStorage.setItem(RECENT_KEY, JSON.stringify(list));
  } catch {
    // Without a store there are no recent ones.
  }
}

function element(tag, className) {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
