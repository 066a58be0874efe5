// Messages that call this person: how many were not seen yet, and a button that goes from one to the next.

import { calls } from "../mentions.js";

export class Mentions {
  #talk;
  #waiting;
  #observer;
  #button;

  tools = { "next-mention": () => this.#talk.jumpTo(Math.min(...this.#waiting)) };

  constructor(talk) {
    this.#talk = talk;
    this.#waiting = new Set(talk.mentions);
    this.#button = talk.root.querySelector('[data-tool="next-mention"]');
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), {
      root: talk.root.querySelector("[data-log]"),
      threshold: 0.5,
    });
    this.#show();
  }

  stop() {
    this.#observer.disconnect();
  }

  adopt(item) {
    if (this.#waiting.has(Number(item.dataset.seq))) this.#observer.observe(item);
  }

  fill(item, { seq }) {
    if (this.#waiting.has(seq)) this.#observer.observe(item);
  }

  apply(event) {
    if (event.type === "message.unsent") this.#waiting.delete(event.seq);
    if (event.type === "message.created" && calls(event, this.#talk) && !this.#talk.hasRead(event.seq)) this.#wait(event);
    this.#show();
  }

  /** In a thread it is seen where the thread is open, else once the talk is read that far. */
  #wait({ seq, thread }) {
    const item = this.#talk.root.querySelector(`#message-${seq}`);
    if (thread > this.#talk.from_seq && !item) return;
    this.#waiting.add(seq);
    if (item) this.#observer.observe(item);
  }

  #seen(entries) {
    if (document.visibilityState !== "visible") return;
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.#waiting.delete(Number(target.dataset.seq));
      this.#observer.unobserve(target);
    }
    this.#show();
  }

  #show() {
    const count = this.#waiting.size;
    this.#button.hidden = !count;
    this.#button.querySelector("[data-mention-count]").textContent = count > 99 ? "99+" : count;
  }
}
