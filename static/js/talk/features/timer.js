// Disappearing messages: each goes at its time, on this page too; the head says how long new ones stay.

const LONGEST = 3_600_000; // a timer of the browser cannot be much longer than 24 days; an hour is far enough
const DAY = 86_400;
const MOTION = 400;

/** In words; chat/pages/timing.py has the same. */
const NAMES = {
  [DAY]: () => gettext("24 hours"),
  [7 * DAY]: () => gettext("7 days"),
  [90 * DAY]: () => gettext("90 days"),
};

export class Timer {
  #talk;
  #clock = 0;
  #items = new Map();

  constructor(talk) {
    this.#talk = talk;
  }

  stop() {
    clearTimeout(this.#clock);
  }

  apply(event) {
    if (event.type === "message.expired") this.#drop(event.seq);
    if (event.type === "conversation.changed" && "timer" in event) this.#showTimer(event.timer);
    if (event.type === "conversation.changed" && event.streak) this.#showStreak(event.streak);
  }

  fill(item, message) {
    if (!message.expires_at) return;
    item.dataset.expires = message.expires_at;
    this.adopt(item);
  }

  adopt(item) {
    if (!item.dataset.expires) return;
    this.#items.set(item, Date.parse(item.dataset.expires));
    this.#wind();
  }

  /** Wake up when the next one goes. */
  #wind() {
    clearTimeout(this.#clock);
    if (!this.#items.size) return;
    const next = Math.min(...this.#items.values());
    this.#clock = setTimeout(() => this.#tick(), Math.min(LONGEST, Math.max(0, next - Date.now())));
  }

  #tick() {
    const now = Date.now();
    for (const [item, at] of this.#items) {
      if (!item.isConnected) this.#items.delete(item);
      else if (at <= now) this.#drop(Number(item.dataset.seq));
    }
    this.#wind();
  }

  /** It goes, and with it every word of it that others quote. */
  #drop(seq) {
    const { log, root } = this.#talk;
    const item = log.get(seq);
    if (item) this.#items.delete(item);
    for (const quote of root.querySelectorAll(`.message__quote[href="#message-${seq}"]`)) {
      quote.querySelector('[data-field="quote-author"]').textContent = "";
      quote.querySelector('[data-field="quote-body"]').textContent = gettext("Earlier message");
    }
    item?.classList.add("is-going");
    setTimeout(() => log.drop(seq), item ? MOTION : 0);
  }

  #showTimer(seconds) {
    const chip = this.#talk.root.querySelector("[data-timer]");
    if (!chip) return;
    chip.hidden = !seconds;
    chip.querySelector("[data-timer-words]").textContent = NAMES[seconds]?.() ?? "";
  }

  /** `{days, on}`, for those who take part in it. */
  #showStreak({ days, on }) {
    const chip = this.#talk.root.querySelector("[data-streak]");
    if (!chip || !this.#talk.keeps_streaks) return;
    const isAlive = on && Date.now() - Date.parse(on) < 2 * DAY * 1000;
    chip.hidden = !isAlive || days < 2;
    chip.querySelector("[data-streak-days]").textContent = days;
  }
}
