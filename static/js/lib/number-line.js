// One conversation's changes in the order of their numbers: a hole is waited for, then fetched.

import { getJSON } from "./http.js";

const PATIENCE = 300;
const RETRY = 2000;
const LONGEST_RETRY = 30_000;

/** `apply(event)` may be called again for what is known already: it must be an upsert. */
export class NumberLine {
  #conversation;
  #apply;
  #early = [];
  #head = 0;
  #timer = 0;
  #healing = false;
  #failures = 0;
  #stopped = false;

  constructor(conversation, revision, apply) {
    this.#conversation = conversation;
    this.#apply = apply;
    this.cursor = revision;
  }

  /** Take a frame of events as it comes off the socket; frames may come in any order. */
  receive({ events, head }) {
    const numbered = events.filter((event) => event.revision != null);
    events.filter((event) => event.revision == null).forEach((event) => this.#apply(event));
    if (numbered.length) this.#early.push(frameOf(numbered, head));
    if (this.#healing) return;
    this.#drain();
    if (this.#early.length) this.#healSoon(PATIENCE);
  }

  /** The server says that the line goes up to `head`. */
  reach(head) {
    this.#head = Math.max(this.#head, head);
    if (this.#head > this.cursor) this.#healSoon(PATIENCE);
  }

  /** Fetch whatever changed after the cursor, each thing in its present state. */
  async heal() {
    if (this.#healing || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#healing = true;
    try {
      await this.#catchUp();
      this.#failures = 0;
    } catch (error) {
      if (error.status === 404 || error.status === 403) return this.stop();
      this.#failures += 1;
    } finally {
      this.#healing = false;
    }
    this.#drain();
    if (this.#failures) this.#healSoon(Math.min(LONGEST_RETRY, RETRY * 2 ** (this.#failures - 1)));
    else if (this.#early.length) this.#healSoon(PATIENCE);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #catchUp() {
    let after = this.cursor;
    let page;
    do {
      page = await getJSON(`/api/v1/conversations/${this.#conversation}/changes/?after=${after}`);
      for (const change of page.results) {
        if (this.#stopped) return;
        this.#apply(change);
        after = Math.max(after, change.revision);
      }
    } while (page.next && page.results.length);
    this.cursor = Math.max(this.cursor, after, page.head);
  }

  /** A frame covers everything from its first number to its head: apply those that join the line. */
  #drain() {
    this.#early.sort((one, other) => one.first - other.first);
    while (this.#early.length && this.#early[0].first <= this.cursor + 1) {
      const frame = this.#early.shift();
      const fresh = frame.events.filter((event) => event.revision >= this.cursor);
      this.cursor = Math.max(this.cursor, frame.head);
      fresh.forEach((event) => this.#apply(event));
    }
    if (!this.#early.length && this.cursor >= this.#head && !this.#failures) {
      clearTimeout(this.#timer);
      this.#timer = 0;
    }
  }

  #healSoon(wait) {
    if (this.#stopped || this.#healing) return;
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.heal();
    }, wait);
  }
}

function frameOf(events, head) {
  events.sort((one, other) => one.revision - other.revision);
  const last = events[events.length - 1].revision;
  return { events, first: events[0].revision, head: Math.max(last, head ?? 0) };
}
