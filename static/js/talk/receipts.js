// How far one's own words came: on their way, sent, read.

import { live } from "../lib/live.js";
import { faceOf } from "../lib/face.js";
import { part } from "./message.js";

const FACES = 3;

export class Receipts {
  #log;
  #talk;
  #read = new Map();
  #stop;

  constructor(log, talk, people) {
    this.#log = log;
    this.#talk = talk;
    for (const card of people) this.#read.set(card.id, card.read_seq ?? 0);
    this.#stop = live.on("read", ({ conversation, user, seq }) => {
      if (conversation !== talk.id || user === talk.me) return;
      this.note(user, seq);
    });
    this.show();
  }

  stop() {
    this.#stop();
  }

  /** Somebody read up to a place; never back. */
  note(user, seq) {
    // Who shows no receipts sees none.
    if (!this.#talk.own.shows_reading || (this.#read.get(user) ?? 0) >= seq) return;
    this.#read.set(user, seq);
    if (!this.#talk.people.knows(user)) this.#talk.people.learn([user]).then(() => this.show());
    this.show();
  }

  forget(user) {
    this.#read.delete(user);
    this.show();
  }

  show() {
    const own = this.#log.list.querySelectorAll(".message--mine[data-seq]");
    for (const item of own) if (item.dataset.seq) this.#mark(item);
    const last = this.#log.lastOwn;
    if (last && this.#talk.kind !== "direct") this.#markSeen(last);
  }

  #mark(item) {
    const isRead = this.#talk.kind === "direct" && this.#readers(Number(item.dataset.seq)).length > 0;
    say(part(item, "state"), isRead ? "✓✓" : "✓", isRead ? gettext("Read") : gettext("Sent"));
  }

  #markSeen(item) {
    const readers = this.#readers(Number(item.dataset.seq));
    if (!readers.length) return;
    const cards = readers.map((id) => this.#talk.people.get(id));
    const words = document.createElement("span");
    words.textContent = interpolate(ngettext("Seen by %s", "Seen by %s", readers.length), [readers.length]);
    const state = part(item, "state");
    state.replaceChildren(...cards.slice(0, FACES).map((card) => faceOf(card, "xs")), words);
    state.title = cards.slice(0, 30).map((card) => card.name).join(", ");
  }

  #readers(seq) {
    return [...this.#read].filter(([, read]) => read >= seq).map(([id]) => id);
  }
}

/** A sign for the eye and a word for the ear. */
export function say(state, sign, word) {
  if (state.dataset.word === word && state.firstElementChild?.dataset.sign) return;
  const shown = document.createElement("span");
  shown.textContent = sign;
  shown.dataset.sign = "1";
  shown.setAttribute("aria-hidden", "true");
  const heard = document.createElement("span");
  heard.className = "visually-hidden";
  heard.textContent = word;
  state.dataset.word = word;
  state.title = word;
  state.replaceChildren(shown, heard);
}
