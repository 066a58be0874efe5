// Choosing several messages: to copy, to send on, to unsend one's own. A bar stands where one writes.

import { toast } from "../../lib/toast.js";
import { openForward } from "../forward-sheet.js";
import { read } from "../message.js";
import { unsend } from "../verbs.js";

const LIMIT = 30;

export class Selection {
  #talk;
  #bar;
  #log;
  #chosen = new Set();
  #isSure = false;

  acts = { select: (item) => this.#begin(item) };
  tools = {
    "select-none": () => this.#end(),
    "select-copy": () => this.#copy(),
    "select-forward": () => this.#forward(),
    "select-unsend": () => this.#unsend(),
  };

  constructor(talk) {
    this.#talk = talk;
    this.#bar = talk.root.querySelector("[data-selection]");
    this.#log = talk.root.querySelector("[data-log]");
    // Before anything in a message hears the press.
    talk.root.addEventListener("click", this.#press, true);
    talk.root.addEventListener("keydown", this.#key, true);
  }

  stop() {
    this.#talk.root.removeEventListener("click", this.#press, true);
    this.#talk.root.removeEventListener("keydown", this.#key, true);
  }

  get #isOn() {
    return this.#talk.root.classList.contains("is-choosing");
  }

  get #items() {
    const items = [...this.#chosen].map((seq) => this.#log.querySelector(`[data-seq="${seq}"]`)).filter(Boolean);
    return items.sort((one, other) => one.dataset.seq - other.dataset.seq);
  }

  #begin(item) {
    this.#talk.root.classList.add("is-choosing");
    this.#toggle(item);
    item.focus({ preventScroll: true });
  }

  #end() {
    for (const item of this.#items) this.#mark(item, false);
    this.#chosen.clear();
    this.#talk.root.classList.remove("is-choosing");
    this.#show();
  }

  #press = (event) => {
    if (!this.#isOn) return;
    const item = event.target.closest("[data-log] .message");
    if (!item) return;
    event.preventDefault();
    event.stopPropagation();
    this.#toggle(item);
  };

  #key = (event) => {
    if (!this.#isOn) return;
    const item = event.target.closest("[data-log] .message");
    if (event.key === "Escape") this.#end();
    else if (item && (event.key === " " || event.key === "Enter")) this.#toggle(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #toggle(item) {
    const seq = Number(item.dataset.seq);
    if (!seq || item.classList.contains("is-unsent")) return;
    if (!this.#chosen.delete(seq)) {
      if (this.#chosen.size >= LIMIT) return toast(interpolate(gettext("Choose up to %s at a time."), [LIMIT]));
      this.#chosen.add(seq);
    }
    this.#mark(item, this.#chosen.has(seq));
    if (this.#chosen.size) this.#show();
    else this.#end();
  }

  #mark(item, isChosen) {
    item.classList.toggle("is-picked", isChosen);
    item.toggleAttribute("aria-current", isChosen);
  }

  #show() {
    this.#isSure = false;
    const count = this.#chosen.size;
    this.#bar.hidden = !count;
    this.#bar.querySelector("[data-selection-count]").textContent = interpolate(ngettext("%s chosen", "%s chosen", count), [count]);
    const isOwn = this.#items.every((item) => item.classList.contains("message--mine"));
    this.#bar.querySelector('[data-tool="select-unsend"]').hidden = !isOwn;
  }

  async #copy() {
    const messages = this.#items.map(read).filter(({ body }) => body);
    const lines = messages.map(({ author, body }) => (messages.length > 1 ? `${author.name}: ${body}` : body));
    await navigator.clipboard?.writeText(lines.join("\n"));
    toast(gettext("Copied"));
    this.#end();
  }

  #forward() {
    openForward(this.#talk, [...this.#chosen].sort((one, other) => one - other));
    this.#end();
  }

  /** What cannot be taken back is asked twice. */
  #unsend() {
    if (!this.#isSure) {
      this.#isSure = true;
      const words = ngettext("Unsend %s? Press again", "Unsend %s? Press again", this.#chosen.size);
      this.#bar.querySelector("[data-selection-count]").textContent = interpolate(words, [this.#chosen.size]);
      return;
    }
    for (const seq of this.#chosen) this.#talk.attempt(unsend(this.#talk.id, seq));
    this.#end();
  }
}
