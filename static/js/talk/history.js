// What was said beyond the messages on the page: fetched as the reader nears it, or around a place that is jumped to.

import { request } from "../lib/http.js";

const ABOVE = "700px 0px 0px";
const BELOW = "0px 0px 700px";
const AGAIN = 3000;
const FLASH = 1600;
/** Messages in the page: some ten screens, however long the talk. */
const MOST = 200;

/** The list of a talk is one stretch of it; where that does not reach the newest message, there is a gap below. */
export class History {
  #log;
  #edges;
  #grown;
  #loading = null;
  #hasFailed = false;
  #missed = 0;
  #thread = 0;
  #observers = [];
  #inThread;

  /**
   * `more` and `later` are the marks at both ends, hidden where there is nothing beyond; `grown(items)` hears of new ones,
   * `inThread(root, seq)` of a place that was jumped to and stands in the thread of a message here.
   */
  constructor(log, { more, later }, grown, inThread) {
    this.#log = log;
    this.#inThread = inThread;
    this.#edges = { more, later };
    this.#grown = grown;
    this.#watch(more, ABOVE, () => this.#load({ before: this.#log.firstSeq }));
    this.#watch(later, BELOW, () => this.#load({ after: this.#log.lastSeq }));
  }

  stop() {
    this.#observers.forEach((observer) => observer.disconnect());
  }

  /** Whether messages are missing between the last one here and the newest. */
  get hasGap() {
    return !this.#edges.later.hidden;
  }

  /** One came that belongs behind the gap: it is fetched when the reader gets there. */
  miss(seq) {
    this.#missed = Math.max(this.#missed, seq);
  }

  /** Bring a message into view, however far away. */
  async jumpTo(seq) {
    this.#thread = 0;
    if (!this.#log.get(seq)) await this.#load({ around: seq });
    bringIntoView(this.#log.get(this.#thread || seq));
    if (this.#thread) this.#inThread(this.#thread, seq);
  }

  async toNewest() {
    if (!this.hasGap) return this.#log.toEnd({ smooth: true });
    await this.#load({});
    this.#log.toEnd();
  }

  #watch(mark, rootMargin, load) {
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && near(), {
      root: this.#log.scroller,
      rootMargin,
    });
    const near = async () => {
      observer.unobserve(mark);
      if (!mark.hidden) await load();
      setTimeout(() => observer.observe(mark), this.#hasFailed ? AGAIN : 0);
    };
    observer.observe(mark);
    this.#observers.push(observer);
  }

  async #load(place) {
    while (this.#loading) await this.#loading;
    this.#loading = this.#fetch(place).finally(() => {
      this.#loading = null;
    });
    await this.#loading;
  }

  async #fetch(place) {
    try {
      const page = await request(`${this.#log.scroller.dataset.history}?${new URLSearchParams(place)}`);
      const fragment = fragmentOf(await page.text());
      const items = [...fragment.querySelectorAll("[data-seq]")];
      const has = (side) => page.headers.get(`X-Has-${side}`) === "1";
      if ("before" in place) this.#log.prepend(fragment);
      else if ("after" in place) this.#log.append(fragment);
      else this.#log.replace(fragment);
      if ("around" in place) this.#thread = Number(page.headers.get("X-Thread"));
      if (!("after" in place)) this.#edges.more.hidden = !has("Older");
      if (!("before" in place)) this.#edges.later.hidden = !has("Newer") && this.#missed <= this.#log.lastSeq;
      this.#hasFailed = false;
      // What goes at the far end is a gap there, filled again when the reader comes back.
      if ("before" in place && this.#log.trim("last", MOST)) this.#edges.later.hidden = false;
      if ("after" in place && this.#log.trim("first", MOST)) this.#edges.more.hidden = false;
      this.#grown(items.filter((item) => item.isConnected));
    } catch {
      this.#hasFailed = true;
    }
  }
}

/** In the middle of its list, with the focus, lit up for a moment. */
export function bringIntoView(item) {
  if (!item) return;
  item.scrollIntoView({ block: "center", behavior: "smooth" });
  item.focus({ preventScroll: true });
  item.classList.add("is-flashed");
  setTimeout(() => item.classList.remove("is-flashed"), FLASH);
}

/** Markup of our own server as nodes. */
export function fragmentOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
