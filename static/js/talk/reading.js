// What was seen: tells the server how far this person read, and nobody that they did when they did not look.

import { live } from "../lib/live.js";

const SETTLE = 250;

export class Reading {
  #conversation;
  #told;
  #timer = 0;
  #onScreen = new Set();
  #observer;

  constructor(log, { conversation, readSeq, isQuiet }) {
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
      this.seq = Math.max(this.seq, Number(item.dataset.seq));
      this.#observer.unobserve(item);
    }
    this.#onScreen.clear();
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
