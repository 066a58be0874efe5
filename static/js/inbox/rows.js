// The list as the page has it: which rows, in which order, kept from one page to the next.

import { request } from "../lib/http.js";
import { briefly } from "../talk/time.js";
import { isOn } from "./row.js";

const KEPT = "medley.inbox.rows";
const SCROLL = "medley.inbox.scroll";
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Rows {
  #root;
  #list;
  #shown;

  /** `shown()` is called whenever rows came from the server. */
  constructor(root, shown) {
    this.#root = root;
    this.#list = root.querySelector("#inbox-rows");
    this.#shown = shown;
    this.#list.addEventListener("htmx:afterSwap", this.#swapped);
  }

  stop() {
    this.#list.removeEventListener("htmx:afterSwap", this.#swapped);
  }

  get element() {
    return this.#list;
  }

  get(conversation) {
    return this.#list.querySelector(`li[data-conversation="${conversation}"]`);
  }

  get all() {
    return [...this.#list.querySelectorAll("li[data-conversation]")];
  }

  get areThere() {
    return Boolean(this.#list.querySelector("[data-rows-list]"));
  }

  /** Searching shows what was found; nothing moves under the eyes. */
  get isSearching() {
    return Boolean(this.#root.querySelector('.find input[type="search"]').value);
  }

  /** Below the pinned ones; those stay where they are. */
  toTop(row) {
    if (this.isSearching || isOn(row, "pinned")) return;
    const first = [...row.parentElement.children].find((each) => !isOn(each, "pinned"));
    if (first === row) return;
    if (!CALM.matches) row.classList.add("is-moving");
    first.before(row);
    setTimeout(() => row.classList.remove("is-moving"), 400);
  }

  /** Ask for all that is shown anew; what is scrolled to stays. */
  async refresh() {
    const url = new URL(this.#list.dataset.rows, location.href);
    url.searchParams.set("rows", this.all.length);
    const page = await request(url, { headers: { Accept: "text/html", "HX-Request": "true" } });
    if (this.isSearching) return;
    this.fill(await page.text());
    this.#root.querySelector("[data-waiting]").textContent = Number(page.headers.get("X-Waiting")) || "";
  }

  fill(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const top = this.#list.scrollTop;
    const focused = document.activeElement?.closest("li[data-conversation]")?.dataset.conversation;
    this.#list.replaceChildren(template.content);
    globalThis.htmx?.process(this.#list);
    this.#list.scrollTop = top;
    if (focused) this.get(focused)?.querySelector("a").focus({ preventScroll: true });
    this.#swapped();
  }

  /** Lists and folders come with the rows: a page beside a conversation does not know them. */
  #swapped = () => {
    this.#move("chips", "[data-lists]");
    this.#move("folder-list", "[data-folder-items]");
    this.#shown();
  };

  #move(name, place) {
    const template = this.#list.querySelector(`template[data-${name}]`);
    if (!template) return;
    const target = this.#root.querySelector(place);
    const left = target.scrollLeft;
    target.replaceChildren(template.content);
    target.scrollLeft = left;
    template.remove();
  }

  showTimes() {
    for (const time of this.#list.querySelectorAll("time")) time.textContent = briefly(time.dateTime);
  }

  /** As they last were in this tab, until the server has answered. */
  restore(me) {
    const last = sessionStorage.getItem(KEPT + me);
    if (last) this.fill(last);
  }

  restoreScroll() {
    this.#list.scrollTop = Number(sessionStorage.getItem(SCROLL) ?? 0);
  }

  keep(me) {
    sessionStorage.setItem(SCROLL, this.#list.scrollTop);
    const list = this.#list.querySelector("[data-rows-list]");
    if (!list || this.isSearching || this.#list.dataset.rows.includes("?")) return;
    try {
      sessionStorage.setItem(KEPT + me, list.outerHTML);
    } catch {
      // It comes from the server all the same.
    }
  }
}
