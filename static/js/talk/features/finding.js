// Search inside the open conversation: from match to match, the newest first.

import { getJSON } from "../../lib/http.js";

const PAUSE = 250;

export class Finding {
  tools = {
    find: () => this.#open(),
    "find-older": () => this.#step(1),
    "find-newer": () => this.#step(-1),
    "find-close": () => this.#close(),
  };

  #talk;
  #form;
  #field;
  #found = [];
  #next = null;
  #at = -1;
  #asked = 0;
  #timer = 0;

  constructor(talk) {
    this.#talk = talk;
    this.#form = talk.root.querySelector("[data-find]");
    this.#field = this.#form.querySelector('input[type="search"]');
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#step(1);
    });
    this.#field.addEventListener("input", () => this.#soon());
    this.#form.addEventListener("keydown", (event) => this.#key(event));
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #open() {
    this.#form.hidden = false;
    this.#field.focus();
    this.#field.select();
  }

  #close() {
    this.#form.hidden = true;
    this.#field.value = "";
    this.#show([], null, "");
    this.#talk.root.querySelector('[data-tool="find"]').focus();
  }

  #key(event) {
    if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && event.shiftKey) this.#step(-1);
    else if (event.key === "ArrowUp") this.#step(1);
    else if (event.key === "ArrowDown") this.#step(-1);
    else return;
    event.preventDefault();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    const words = this.#field.value.trim();
    const asked = ++this.#asked;
    if (words.length < 2) return this.#show([], null, "");
    const query = new URLSearchParams({ q: words, conversation: this.#talk.id });
    try {
      const { results, next } = await getJSON(`/api/v1/search/messages/?${query}`);
      if (asked !== this.#asked) return; // somebody typed on
      this.#show(results, next, gettext("Nothing found"));
      if (results.length) this.#step(1);
    } catch (error) {
      if (asked === this.#asked) this.#show([], null, error.message);
    }
  }

  #show(found, next, words) {
    this.#found = found;
    this.#next = next;
    this.#at = -1;
    this.#tell(words);
  }

  /** Towards the past is forward: that is how matches come. */
  async #step(by) {
    if (this.#at + by >= this.#found.length && this.#next) await this.#more();
    const place = this.#at + by;
    if (place < 0 || place >= this.#found.length) return;
    this.#at = place;
    this.#tell();
    await this.#talk.jumpTo(this.#found[place].seq);
    this.#field.focus({ preventScroll: true });
  }

  async #more() {
    const asked = this.#asked;
    const { results, next } = await getJSON(this.#next);
    if (asked !== this.#asked) return;
    this.#found.push(...results);
    this.#next = next;
  }

  #tell(words = "") {
    const count = this.#found.length;
    const of = this.#next ? `${count}+` : count;
    const told = this.#form.querySelector("[data-find-count]");
    told.textContent = count ? interpolate(gettext("%s of %s"), [this.#at + 1, of]) : words;
    const can = (name, isPossible) => {
      this.#form.querySelector(`[data-tool="${name}"]`).disabled = !isPossible;
    };
    can("find-older", this.#at + 1 < count || Boolean(this.#next));
    can("find-newer", this.#at > 0);
  }
}
