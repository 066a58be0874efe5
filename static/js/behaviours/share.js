// The share sheet: tap faces, add words, send.

import { getText, request } from "../lib/http.js";
import { toast } from "../lib/toast.js";

const AFTER = 200;
const LIMIT = 5;

export default function share(form) {
  const places = form.querySelector("[data-places]");
  const search = form.querySelector("[data-search]");
  const submit = form.querySelector("[data-submit]");
  const limit = Number(form.dataset.limit) || LIMIT;
  const clientId = form.elements.namedItem("client_id");
  const others = form.querySelectorAll("[formaction]");
  const group = form.querySelector("[data-group]");
  const later = form.querySelector("[data-later]");
  const chosen = new Map();
  let timer = 0;
  clientId.value ||= crypto.randomUUID();

  const boxes = () => [...places.querySelectorAll("input")];
  const key = (box) => `${box.name} ${box.value}`;
  const told = (box) => [box.name, box.value, box.dataset.person];

  /** Two or more people, and nothing else, can be brought together in a new group. */
  const showGroup = () => {
    if (!group) return;
    const people = [...chosen.values()].map(([, , person]) => person);
    group.hidden = people.length < 2 || !people.every(Boolean);
    if (group.hidden) group.open = false;
    const names = new Intl.ListFormat(document.documentElement.lang || "en").format(people.filter(Boolean));
    group.querySelector("[data-group-words]").textContent = interpolate(gettext("New group with %s"), [names]);
    const name = group.querySelector("input");
    name.disabled = !group.open;
    name.required = group.open;
  };

  /** Closed it holds no time: what is sent goes now. */
  const showLater = () => {
    if (!later) return;
    const field = later.querySelector("input");
    field.disabled = !later.open;
    field.required = later.open;
    for (const button of later.querySelectorAll("[data-at]")) button.setAttribute("aria-pressed", String(button.dataset.at === field.value));
  };

  const show = () => {
    showGroup();
    showLater();
    submit.disabled = !chosen.size;
    submit.textContent = labelOf(chosen.size);
    for (const box of boxes()) box.disabled = chosen.size >= limit && !box.checked;
    for (const button of others) button.disabled = !chosen.size || chosen.size > (Number(button.dataset.most) || limit);
  };

  const labelOf = (count) => {
    if (later?.open) return gettext("Schedule");
    if (group?.open) return gettext("Make group and send");
    return count > 1 ? interpolate(gettext("Send to %s"), [count]) : gettext("Send");
  };

  const find = async () => {
    const text = await getText(addressOf(search));
    places.innerHTML = text;
    for (const box of boxes()) box.checked = chosen.has(key(box));
    show();
  };

  const send = async (event) => {
    event.preventDefault();
    if (event.submitter?.hasAttribute("formaction")) return act(event.submitter);
    if (!chosen.size || submit.disabled) return;
    submit.disabled = true;
    form.classList.add("is-busy");
    try {
      const answer = await request(form.action, { method: "POST", body: dataOf(), headers: { "HX-Request": "true", Accept: "text/html" } });
      done(await answer.text());
    } catch (error) {
      // The same client_id goes again: what was stored is not stored twice.
      submit.disabled = false;
      form.classList.remove("is-busy");
      toast(error.message, { isBad: true });
    }
  };

  /** Another thing to do with those who are chosen: save it for them, watch it with them. */
  const act = async (button) => {
    form.classList.add("is-busy");
    try {
      const answer = await request(button.getAttribute("formaction"), { method: "POST", body: dataOf(), headers: { "HX-Request": "true" } });
      const { href, words, problems } = await answer.json();
      for (const problem of problems) toast(problem, { isBad: true });
      if (words) toast(words);
      if (href) location.assign(href);
      else if (!problems.length) form.closest("dialog")?.close();
    } catch (error) {
      toast(error.message, { isBad: true });
    }
    form.classList.remove("is-busy");
  };

  const dataOf = () => {
    const data = new FormData(form);
    for (const name of ["people", "conversations"]) data.delete(name);
    for (const [name, value] of chosen.values()) data.append(name, value);
    return data;
  };

  const done = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const told = page.querySelector("[data-shared]");
    if (told) {
      const link = told.querySelector("a");
      const words = told.querySelector("[data-words]");
      if (words) toast(words.textContent, { href: link?.getAttribute("href"), label: link?.textContent });
      for (const problem of told.querySelectorAll("[data-problem]")) toast(problem.textContent, { isBad: true });
    }
    const sheet = form.closest("dialog");
    if (sheet) sheet.close();
    else if (told?.querySelector("a")) location.assign(told.querySelector("a").getAttribute("href"));
  };

  places.addEventListener("change", ({ target }) => {
    if (target.checked) chosen.set(key(target), told(target));
    else chosen.delete(key(target));
    show();
  });
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => find().catch((error) => toast(error.message, { isBad: true })), AFTER);
  });
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  form.addEventListener("submit", send);
  group?.addEventListener("toggle", () => {
    show();
    if (group.open) group.querySelector("input").focus();
  });
  later?.querySelector("[data-times]").removeAttribute("hidden");
  later?.addEventListener("toggle", show);
  later?.addEventListener("input", showLater);
  later?.addEventListener("click", ({ target }) => {
    if (!target.dataset.at) return;
    later.querySelector("input").value = target.dataset.at;
    showLater();
  });
  for (const box of boxes().filter((one) => one.checked)) chosen.set(key(box), told(box));
  show();
  return () => clearTimeout(timer);
}

/** Where to look; what is sent may stand in the address already. */
function addressOf({ dataset, value }) {
  const address = new URL(dataset.source, location.href);
  address.searchParams.set("q", value);
  return address.href;
}
