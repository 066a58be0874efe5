// The list of messages: puts each in its place, groups runs, separates days, keeps the reader where they are.

import { build, complete, fill, markEmoji } from "./message.js";
import { sentenceOf } from "./notices.js";
import { dayKey, dayName } from "./time.js";

const RUN = 5 * 60_000;
const END = 90;

export class Log {
  #items = new Map();
  #sending = new Map();

  constructor(scroller, talk) {
    this.scroller = scroller;
    this.talk = talk;
    this.list = scroller.querySelector("[data-list]");
    for (const item of this.list.querySelectorAll("[data-seq]")) this.#adopt(item);
    this.#arrange();
  }

  get(seq) {
    return this.#items.get(Number(seq));
  }

  get firstSeq() {
    return Math.min(...this.#items.keys());
  }

  get lastSeq() {
    return this.#items.size ? Math.max(...this.#items.keys()) : 0;
  }

  get isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < END;
  }

  toEnd({ smooth = false } = {}) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  /** Show a message in its present state: a new one in its place, a known one where it stands. */
  put(message) {
    const known = this.#items.get(message.seq);
    if (known) {
      if (!message.notice) fill(known, message, this.talk);
      return { item: known, isNew: false };
    }
    const item = message.notice ? this.#notice(message) : this.#message(message);
    this.#items.set(message.seq, item);
    this.#insert(item, message.seq);
    this.#arrange();
    return { item, isNew: true };
  }

  /** Take away one that disappeared. */
  drop(seq) {
    this.#items.get(Number(seq))?.remove();
    if (this.#items.delete(Number(seq))) this.#arrange();
  }

  /** Show one that is on its way, after everything that has a place. */
  putSending(message) {
    let item = this.#sending.get(message.client_id);
    if (!item) {
      item = this.#message({ ...message, author: this.talk.me, reactions: [] });
      this.#sending.set(message.client_id, item);
      this.list.append(item);
      this.#arrange();
    }
    return item;
  }

  /** It has a place now: the same item becomes the message (or goes, where the event came first). */
  settle(clientId, ack) {
    const item = this.#sending.get(clientId);
    this.#sending.delete(clientId);
    if (!item) return null;
    if (this.#items.has(ack.seq)) item.remove();
    else {
      item.id = `message-${ack.seq}`;
      item.dataset.seq = ack.seq;
      item.dataset.at = ack.created_at;
      this.#items.set(ack.seq, item);
      this.#insert(item, ack.seq);
    }
    this.#arrange();
    return this.#items.get(ack.seq);
  }

  dropSending(clientId) {
    this.#sending.get(clientId)?.remove();
    this.#sending.delete(clientId);
    this.#arrange();
  }

  get sending() {
    return [...this.#sending.keys()];
  }

  /** Earlier messages above, as the server rendered them; what is on the screen stays where it is. */
  prepend(fragment) {
    const anchor = this.list.firstElementChild;
    const before = anchor?.getBoundingClientRect().top ?? 0;
    this.scroller.classList.add("is-prepending");
    this.scroller.setAttribute("aria-live", "off");
    for (const item of fragment.querySelectorAll("[data-seq]")) this.#adopt(item);
    this.list.prepend(fragment);
    const stays = anchor?.matches(".day") ? anchor.nextElementSibling : anchor;
    const offset = (stays?.getBoundingClientRect().top ?? 0) - (anchor?.getBoundingClientRect().top ?? 0);
    const shownAt = before + offset;
    this.#arrange();
    if (stays) this.scroller.scrollTop += stays.getBoundingClientRect().top - shownAt;
    requestAnimationFrame(() => {
      this.scroller.classList.remove("is-prepending");
      this.scroller.setAttribute("aria-live", "polite");
    });
  }

  /** Later messages below; what is on the screen stays where it is by itself. */
  append(fragment) {
    this.scroller.setAttribute("aria-live", "off");
    for (const item of fragment.querySelectorAll("[data-seq]")) this.#adopt(item);
    const firstSending = this.#sending.values().next().value;
    if (firstSending) firstSending.before(fragment);
    else this.list.append(fragment);
    this.#arrange();
    requestAnimationFrame(() => this.scroller.setAttribute("aria-live", "polite"));
  }

  /** Let go of what is far from the reader at the `first` or `last` end; whether anything went. */
  trim(end, most) {
    const seqs = [...this.#items.keys()].sort((one, other) => one - other);
    const gone = end === "first" ? seqs.slice(0, Math.max(0, seqs.length - most)) : seqs.slice(most);
    if (!gone.length) return false;
    const stays = this.get(end === "first" ? seqs[gone.length] : seqs[0]);
    const before = stays.getBoundingClientRect().top;
    for (const seq of gone) {
      this.#items.get(seq).remove();
      this.#items.delete(seq);
    }
    this.#arrange();
    this.scroller.scrollTop += stays.getBoundingClientRect().top - before;
    return true;
  }

  /** Another stretch of the talk in place of this one; what is on its way stays. */
  replace(fragment) {
    this.scroller.setAttribute("aria-live", "off");
    this.#items.clear();
    this.list.replaceChildren(...this.#sending.values());
    for (const item of fragment.querySelectorAll("[data-seq]")) this.#adopt(item);
    this.list.prepend(fragment);
    this.#arrange();
    requestAnimationFrame(() => this.scroller.setAttribute("aria-live", "polite"));
  }

  /** A line before the first unread message. */
  markFresh(item, words) {
    let line = this.list.querySelector("[data-fresh]");
    if (!line) {
      line = document.createElement("li");
      line.className = "fresh";
      line.dataset.fresh = "";
      line.append(document.createElement("span"));
      item.before(line);
      this.#arrange();
    }
    line.firstElementChild.textContent = words;
  }

  unmarkFresh() {
    this.list.querySelector("[data-fresh]")?.remove();
    this.#arrange();
  }

  /** One's own latest message that has a place. */
  get lastOwn() {
    return [...this.list.querySelectorAll(".message--mine[data-seq]")].findLast((item) => item.dataset.seq);
  }

  #adopt(item) {
    this.#items.set(Number(item.dataset.seq), item);
    if ("notice" in item.dataset) return;
    complete(item, this.talk.template.content.firstElementChild);
    markEmoji(item);
    this.talk.features.adopt(item);
  }

  #message(message) {
    const item = build(this.talk);
    fill(item, message, this.talk);
    return item;
  }

  #notice(message) {
    const item = this.talk.noticeTemplate.content.firstElementChild.cloneNode(true);
    item.id = `message-${message.seq}`;
    item.dataset.seq = message.seq;
    item.dataset.at = message.created_at;
    item.querySelector('[data-field="notice"]').textContent = sentenceOf(message.notice, this.talk.me);
    return item;
  }

  /** Nearly always the end; a healed hole goes before the next greater place. */
  #insert(item, seq) {
    const placed = [...this.list.querySelectorAll("[data-seq]")].filter((other) => other !== item && other.dataset.seq);
    const next = placed.reverse().findLast((other) => Number(other.dataset.seq) > seq);
    const behind = next ?? this.#sending.values().next().value ?? null;
    // What is moved is read out again: where it stands already it stays.
    if (item.isConnected && item.nextElementSibling === behind) return;
    this.list.insertBefore(item, behind);
  }

  /** Days and runs, worked out anew: cheap beside one layout, and never wrong at a seam. */
  #arrange() {
    let previous = null;
    let day = null;
    for (const item of [...this.list.children]) {
      if (item.matches(".day")) {
        item.remove();
        continue;
      }
      if (item.matches(".fresh")) {
        previous = null;
        continue;
      }
      const today = dayKey(item.dataset.at);
      if (today !== day) {
        const line = item.previousElementSibling?.matches(".fresh") ? item.previousElementSibling : item;
        line.before(dayItem(today));
        day = today;
        previous = null;
      }
      item.classList.toggle("is-continued", Boolean(previous) && isRun(previous, item));
      previous?.classList.toggle("is-last", !item.classList.contains("is-continued"));
      item.classList.add("is-last");
      previous = item;
    }
  }
}

function isRun(one, next) {
  if (!one.matches(".message") || !next.matches(".message")) return false;
  if (one.dataset.author !== next.dataset.author) return false;
  return Date.parse(next.dataset.at) - Date.parse(one.dataset.at) < RUN;
}

function dayItem(key) {
  const item = document.createElement("li");
  item.className = "day";
  item.dataset.day = key;
  const words = document.createElement("span");
  words.textContent = dayName(key);
  item.append(words);
  return item;
}
