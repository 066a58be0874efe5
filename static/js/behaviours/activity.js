// The list of what one is told of: looked at, it clears the badge; what changes elsewhere changes here.

import { activity } from "../lib/activity.js";
import { getText } from "../lib/http.js";

const AFTER = 250;

class List {
  #timer = 0;

  constructor(page) {
    this.page = page;
    this.lines = page.querySelector("[data-lines]");
    this.readAll = page.querySelector("[data-read-all]");
  }

  start() {
    const later = () => this.#refreshSoon();
    const look = () => this.#look();
    activity.addEventListener("lines", later);
    document.addEventListener("visibilitychange", look);
    this.#look();
    return () => {
      clearTimeout(this.#timer);
      activity.removeEventListener("lines", later);
      document.removeEventListener("visibilitychange", look);
    };
  }

  /** Only all of it, and only where somebody sees it, counts as looked at. */
  #look() {
    if (this.page.dataset.section || document.visibilityState !== "visible") return;
    activity.see(Number(this.page.dataset.revision)).catch(() => {
      // The badge stays until the next look.
    });
  }

  #refreshSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), AFTER);
  }

  async #refresh() {
    const revision = activity.revision;
    const fresh = document.createElement("template");
    try {
      fresh.innerHTML = await getText(location.pathname + location.search);
    } catch {
      return; // What comes next brings this, too.
    }
    this.#show(fresh.content);
    this.page.dataset.revision = revision;
    this.readAll.elements.up_to.value = revision;
    this.readAll.hidden = !this.lines.querySelector(".is-unread");
    this.#look();
  }

  /** Its head is drawn anew; what was scrolled in below stays. */
  #show(fresh) {
    const focused = document.activeElement?.closest("[data-line]")?.dataset.line;
    const known = new Set([...this.lines.querySelectorAll("[data-line]")].map((row) => row.dataset.line));
    const rows = [...fresh.querySelectorAll("[data-line]")];
    rows.filter((row) => known.size && !known.has(row.dataset.line)).forEach((row) => row.classList.add("is-fresh"));
    const last = rows.length && this.#row(rows.at(-1).dataset.line);
    const below = last ? following(last) : [];
    if (below.some((row) => row.dataset.line)) fresh.querySelector(".rows__more")?.remove();
    else below.length = 0;
    this.lines.replaceChildren(...fresh.children, ...below);
    htmx.process(this.lines);
    if (focused) this.#row(focused)?.querySelector("button")?.focus();
  }

  #row(line) {
    return this.lines.querySelector(`[data-line="${line}"]`);
  }
}

function following(element) {
  const rows = [];
  for (let next = element.nextElementSibling; next; next = next.nextElementSibling) rows.push(next);
  return rows;
}

export default (page) => new List(page).start();
