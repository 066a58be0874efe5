// What stands in a row instead of its last message: who types, and words that were not sent.

import { keptDrafts } from "../lib/drafts.js";
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
    const kept = keptDrafts(this.#me);
    for (const row of this.#rows.all) this.#show(row, kept);
  }

  /** Of this browser's words and those that came with the row the newer are shown. */
  #show(row, kept = keptDrafts(this.#me)) {
    const { conversation, draft: came = "", draftAt = 0 } = row.dataset;
    const own = kept[conversation];
    const isOwn = own && Date.parse(own.edited_at) >= new Date(draftAt);
    const draft = conversation === this.#open ? "" : isOwn ? own.body.trim() : came;
    showAside(row, { typing: this.#typing.get(conversation)?.words, draft });
  }
}
