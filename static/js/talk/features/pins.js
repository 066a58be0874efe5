// Pinned messages: the bar at the top that walks through them, the list of all, pinning and unpinning.

import { getText } from "../../lib/http.js";
import { openSheet } from "../../lib/sheets.js";
import { toast } from "../../lib/toast.js";
import { fragmentOf } from "../history.js";
import { pin, unpin } from "../verbs.js";

export class Pins {
  #talk;
  #bar;
  #pins;
  /** What each says, by place: as the server tells it. */
  #lines = new Map();
  #at = 0;

  acts = {
    pin: ({ dataset }) => this.#talk.attempt(pin(this.#talk.id, Number(dataset.seq))),
    unpin: ({ dataset }) => this.#talk.attempt(unpin(this.#talk.id, Number(dataset.seq))),
  };
  offers = {
    pin: ({ seq }) => this.#talk.may_pin && !this.#pins.includes(seq),
    unpin: ({ seq }) => this.#talk.may_pin && this.#pins.includes(seq),
  };
  tools = { "show-pin": () => this.#walk(), "all-pins": () => this.#openAll() };

  constructor(talk) {
    this.#talk = talk;
    this.#pins = talk.pins;
    this.#bar = talk.root.querySelector("[data-pin-bar]");
    if (this.#pins.length > 1) this.#learn();
  }

  apply({ type, pins }) {
    if (type !== "conversation.changed" || !pins || String(pins) === String(this.#pins)) return;
    this.#pins = pins;
    this.#at = 0;
    this.#learn();
  }

  async #learn() {
    try {
      const page = fragmentOf(await this.#page());
      const rows = [...page.querySelectorAll("[data-seq]")];
      this.#lines = new Map(rows.map((row) => [Number(row.dataset.seq), row.querySelector(".row__note").textContent]));
      this.#show();
    } catch {
      // The next change, or the next visit, tells.
    }
  }

  #page() {
    return getText(`/chat/${this.#talk.id}/pins/`);
  }

  get #shown() {
    return [...this.#lines.keys()];
  }

  #show() {
    const seqs = this.#shown;
    this.#bar.hidden = !seqs.length;
    if (!seqs.length) return this.#bar.querySelector("[data-pin-words]").replaceChildren();
    const seq = seqs[this.#at % seqs.length];
    this.#bar.querySelector('[data-tool="show-pin"]').dataset.seq = seq;
    this.#bar.querySelector("[data-pin-words]").textContent = this.#lines.get(seq);
    this.#bar.querySelector("[data-pin-count]").textContent = seqs.length;
  }

  /** To the message that the bar shows; then the bar shows the next older pin. */
  #walk() {
    this.#talk.jumpTo(Number(this.#bar.querySelector('[data-tool="show-pin"]').dataset.seq));
    if (this.#shown.length < 2) return;
    this.#at = (this.#at + 1) % this.#shown.length;
    this.#show();
  }

  async #openAll() {
    try {
      const list = fragmentOf(await this.#page());
      const { body, close } = openSheet(gettext("Pinned messages"));
      body.append(list);
      body.addEventListener("click", (event) => this.#press(event, close));
    } catch (error) {
      toast(error.message, { isBad: true });
    }
  }

  #press(event, close) {
    const row = event.target.closest("a[data-seq]");
    const button = event.target.closest("[data-unpin]");
    if (!row && !button) return;
    event.preventDefault();
    if (row) {
      close();
      this.#talk.jumpTo(Number(row.dataset.seq));
    } else {
      button.closest("li").remove();
      this.#talk.attempt(unpin(this.#talk.id, Number(button.dataset.unpin)));
    }
  }
}
