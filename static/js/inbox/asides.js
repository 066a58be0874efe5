// What stands in a row instead of its last message: who types, and words that were not sent.

import { draftsOf } from "../lib/drafts.js";
import { showAside } from "./row.js";

const TYPING = 5500;

export class Asides {
  #rows;
  #me;
  #open;
  #typing = new Map();

  /** `open` is the conversation beside the list: its draft stands there already. */
  constructor(rows, me, open) {
    this.#rows = rows;
    this.#me = me;
    this.#open = open;
  }

  typed(row, words) {
    const { conversation } = row.dataset;
    clearTimeout(this.#typing.get(conversation)?.timer);
    const timer = setTimeout(() => this.stopped(conversation), TYPING);
    this.#typing.set(conversation, { words, timer });
    this.#show(row);
  }

  stopped(conversation) {
    clearTimeout(this.#typing.get(conversation)?.timer);
    if (!this.#typing.delete(conversation)) return;
    const row = this.#rows.get(conversation);
    if (row) this.#show(row);
  }

  show() {
    const drafts = draftsOf(this.#me);
    for (const row of this.#rows.all) this.#show(row, drafts);
  }

  #show(row, drafts = draftsOf(this.#me)) {
    const { conversation } = row.dataset;
    const draft = conversation === this.#open ? "" : (drafts[conversation] ?? row.dataset.draft ?? "");
    showAside(row, { typing: this.#typing.get(conversation)?.words, draft });
  }
}
