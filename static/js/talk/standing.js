// Where the reader stands: at the newest message or above it, with a button down that counts what came meanwhile.

export class Standing {
  #log;
  #history;
  #jump;
  #newCount = 0;
  #resized;

  constructor(root, log, history) {
    this.#log = log;
    this.#history = history;
    this.#jump = root.querySelector("[data-jump]");
    this.wasAtEnd = true;
    this.#jump.addEventListener("click", () => history.toNewest());
    log.scroller.addEventListener("scroll", () => this.show(), { passive: true });
    // A keyboard that comes up, or a panel, must not hide the newest message.
    this.#resized = new ResizeObserver(() => this.wasAtEnd && log.toEnd());
    this.#resized.observe(log.scroller);
  }

  stop() {
    this.#resized.disconnect();
  }

  get isAtEnd() {
    return this.#log.isAtEnd && !this.#history.hasGap;
  }

  /** One more that was not seen; `item` where it stands in the list. */
  count(item = null) {
    this.#newCount += 1;
    if (item) this.#log.markFresh(item, interpolate(ngettext("%s new", "%s new", this.#newCount), [this.#newCount]));
    this.show();
  }

  /** The person spoke: nothing is new to them any more, and they stand at the end. */
  async reachEnd() {
    if (this.#history.hasGap) await this.#history.toNewest();
    this.#newCount = 0;
    this.#log.unmarkFresh();
    this.#log.toEnd();
  }

  show() {
    this.wasAtEnd = this.isAtEnd;
    if (this.wasAtEnd && document.visibilityState === "visible") this.#newCount = 0;
    this.#jump.hidden = this.wasAtEnd;
    const count = this.#jump.querySelector("[data-jump-count]");
    count.hidden = !this.#newCount;
    count.textContent = this.#newCount > 99 ? "99+" : this.#newCount;
  }
}
