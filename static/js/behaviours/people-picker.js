// Choosing people: search brings others in, who is chosen stays chosen, and says why somebody cannot be.

import { getText } from "../lib/http.js";
import { toast } from "../lib/toast.js";

const AFTER = 200;

export default function peoplePicker(form) {
  const list = form.querySelector("[data-list]");
  const chosenList = form.querySelector("[data-chosen]");
  const search = form.querySelector("[data-search]");
  const title = form.querySelector("[data-title]");
  const submit = form.querySelector("[data-submit]");
  const isNew = form.dataset.kind === "new";
  const chosen = new Map();
  let timer = 0;
  let asked = 0;

  const note = (box) => {
    if (box.checked) chosen.set(box.value, { name: box.dataset.name, reason: box.dataset.groupReason });
    else chosen.delete(box.value);
  };

  /** Several make a group, which only those can join whom one may add. */
  const whyNot = (box) => {
    const others = [...chosen.keys()].filter((username) => username !== box.value);
    if (!isNew || !box.checked || !others.length) return "";
    if (box.dataset.groupReason) return box.dataset.groupReason;
    return others.map((username) => chosen.get(username).reason).find(Boolean) ?? "";
  };

  const show = () => {
    chosenList.replaceChildren(...[...chosen].map(([username, { name }]) => chip(username, name)));
    chosenList.hidden = !chosen.size;
    submit.disabled = !chosen.size;
    if (!title) return;
    title.hidden = chosen.size < 2 && !title.querySelector("input").value;
    submit.textContent = chosen.size > 1 ? gettext("Make group") : gettext("Start");
  };

  const chip = (username, name) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.append(name, " ×");
    button.setAttribute("aria-label", interpolate(gettext("Remove %s"), [name]));
    button.addEventListener("click", () => {
      chosen.delete(username);
      const box = boxOf(username);
      if (box) box.checked = false;
      show();
      search.focus();
    });
    // What was chosen before another search is no longer in the list: it goes with the form from here.
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: "people", value: username, disabled: Boolean(boxOf(username)) });
    item.append(button, kept);
    return item;
  };

  const boxOf = (username) => [...list.querySelectorAll("input")].find((box) => box.value === username);

  const find = async () => {
    const mine = ++asked;
    try {
      const text = await getText(`${search.dataset.source}?q=${encodeURIComponent(search.value)}`);
      if (mine !== asked) return;
      list.innerHTML = text;
      for (const box of list.querySelectorAll("input")) box.checked = chosen.has(box.value);
      show();
    } catch (error) {
      toast(error.message, { isBad: true });
    }
  };

  list.addEventListener("change", ({ target }) => {
    const reason = whyNot(target);
    if (reason) {
      target.checked = false;
      toast(reason, { isBad: true });
    }
    note(target);
    show();
  });
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, AFTER);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = list.querySelector("input:not(:disabled)");
    if (first && search.value) first.click();
  });
  for (const box of list.querySelectorAll("input:checked")) note(box);
  show();
  return () => clearTimeout(timer);
}
