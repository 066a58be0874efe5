// What this person decided about the conversation for themselves: colour, wallpaper, nicknames, receipts.

import { getJSON, patchJSON } from "../../lib/http.js";
import { live } from "../../lib/live.js";

export class Own {
  #talk;
  #stop;

  constructor(talk) {
    this.#talk = talk;
    this.#stop = live.on("inbox.changed", ({ conversation }) => conversation === talk.id && this.#read());
    if (talk.own.marked_unread) this.#unmark();
  }

  stop() {
    this.#stop();
  }

  get #url() {
    return `/api/v1/conversations/${this.#talk.id}/settings/`;
  }

  /** Whoever opens it has seen the note to themselves. */
  async #unmark() {
    try {
      await patchJSON(this.#url, { unread: false });
    } catch {
      // It stays marked, which is what they see.
    }
  }

  /** Changed in the list, on its own page or on another device. */
  async #read() {
    try {
      this.#show(await getJSON(this.#url));
    } catch {
      // What is shown is as it was; the next change asks again.
    }
  }

  #show(own) {
    Object.assign(this.#talk.own, own);
    this.#talk.people.nicknames = own.nicknames;
    this.#talk.root.dataset.colour = own.colour;
    this.#talk.root.dataset.wallpaper = own.wallpaper;
    if (this.#talk.kind === "direct") this.#entitle(this.#talk.people.get(this.#talk.card.id).name);
    for (const item of this.#talk.log.list.querySelectorAll(".message[data-author]")) this.#name(item);
  }

  #entitle(name) {
    this.#talk.root.querySelector("[data-title]").textContent = name;
  }

  #name(item) {
    const name = this.#talk.people.get(item.dataset.author).name;
    if (!item.dataset.author || item.dataset.name === name) return;
    item.dataset.name = name;
    item.querySelector('[data-field="author"]').textContent = name;
  }
}
