// Earlier messages: fetched as the reader nears them, or as far back as a quote points.

import { request } from "../lib/http.js";

const AHEAD = "700px 0px 0px";
const AGAIN = 3000;
const FLASH = 1600;
const PAGES_TO_A_QUOTE = 20;

export class History {
  #log;
  #more;
  #grown;
  #loading = null;
  #hasFailed = false;
  #observer;

  /** `more` is the mark above the first message, hidden where there is nothing earlier. */
  constructor(log, more, grown) {
    this.#log = log;
    this.#more = more;
    this.#grown = grown;
    this.#observer = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#near(), {
      root: log.scroller,
      rootMargin: AHEAD,
    });
    if (!more.hidden) this.#observer.observe(more);
  }

  stop() {
    this.#observer.disconnect();
  }

  /** Bring a message into view, loading what lies between. */
  async jumpTo(seq) {
    for (let page = 0; page < PAGES_TO_A_QUOTE && !this.#log.get(seq) && !this.#more.hidden; page += 1) {
      await this.#load();
      if (this.#hasFailed) return;
    }
    const item = this.#log.get(seq);
    if (!item) return;
    item.scrollIntoView({ block: "center", behavior: "smooth" });
    item.focus({ preventScroll: true });
    item.classList.add("is-flashed");
    setTimeout(() => item.classList.remove("is-flashed"), FLASH);
  }

  async #near() {
    this.#observer.unobserve(this.#more);
    await this.#load();
    if (!this.#more.hidden) setTimeout(() => this.#observer.observe(this.#more), this.#hasFailed ? AGAIN : 0);
  }

  #load() {
    this.#loading ??= this.#fetch().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #fetch() {
    try {
      const page = await request(`${this.#log.scroller.dataset.older}?before=${this.#log.firstSeq}`);
      this.#log.prepend(fragmentOf(await page.text()));
      this.#more.hidden = page.headers.get("X-Has-Older") !== "1";
      this.#hasFailed = false;
      this.#grown();
    } catch {
      this.#hasFailed = true;
    }
  }
}

/** Markup of our own server as nodes. */
export function fragmentOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
