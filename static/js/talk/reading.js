// What was seen: tells the server how far this person read, and nobody that they did when they did not look.

import { live } from "../lib/live.js";

const SETTLE = 250;

export class Reading {
  #conversation;
  #told;
  #timer = 0;
  #onScreen = new Set();
  #observer;

  #through;

  /** `through(seq)` is how far one has read who has read up to the message at `seq`: on past what is not in the list. */
  constructor(log, { conversation, readSeq, isQuiet, through = (seq) => seq }) {
    this.#through = through;
    this.#conversation = conversation;
    this.#told = this.seq = readSeq;
    this.isQuiet = isQuiet;
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), { root: log.scroller, threshold: 0.4 });
    this.#stops = [
      live.on("state", ({ state }) => state === "open" && this.#tell()),
      () => this.#observer.disconnect(),
    ];
    const look = () => this.#update();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    this.#stops.push(
      () => document.removeEventListener("visibilitychange", look),
      () => window.removeEventListener("focus", look),
    );
  }

  #stops = [];

  /** Notice when this message comes into view. */
  watch(item) {
    if (Number(item.dataset.seq) > this.seq) this.#observer.observe(item);
  }

  /** The end of the list is in sight: what came behind it, in threads, counts as read as well. */
  see(seq) {
    if (document.visibilityState !== "visible") return;
    this.seq = Math.max(this.seq, this.#through(seq));
    this.#tellSoon();
  }

  /** One's own words are read by having been written. */
  reach(seq) {
    this.seq = Math.max(this.seq, seq);
    this.#told = Math.max(this.#told, seq);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#stops.forEach((stop) => stop());
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#onScreen.add(target);
      else this.#onScreen.delete(target);
    }
    this.#update();
  }

  #update() {
    if (document.visibilityState !== "visible") return;
    for (const item of this.#onScreen) {
      this.seq = Math.max(this.seq, this.#through(Number(item.dataset.seq)));
      this.#observer.unobserve(item);
    }
    this.#onScreen.clear();
    this.#tellSoon();
  }

  #tellSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), SETTLE);
  }

  #tell() {
    if (this.isQuiet || this.seq <= this.#told) return;
    if (live.hint({ type: "read", conversation: this.#conversation, seq: this.seq })) {
      this.#told = this.seq;
      document.dispatchEvent(new CustomEvent("medley:read", { detail: { conversation: this.#conversation, seq: this.seq } }));
    }
  }
}
