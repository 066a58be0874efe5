// The word at the top that says how the line is: quietly when it is down, but not for a blink.

import { live } from "../lib/live.js";

const QUIET_BREAK = 1500;

export class LineWord {
  #line;
  #timer = 0;
  #stop;

  /** `lost()` is called whenever the line is not open. */
  constructor(root, lost) {
    this.#line = root.querySelector("[data-line]");
    this.#stop = live.on("state", () => this.show(lost));
    this.show(lost);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#stop();
  }

  show(lost) {
    if (live.state === "open" || live.state === "ended") {
      clearTimeout(this.#timer);
      this.#timer = 0;
    }
    if (live.state === "open") return this.say("");
    lost();
    if (live.state === "ended") return this.say(gettext("You are signed out here. Sign in again to go on."));
    const words = gettext("No connection. What you write is kept and goes out by itself.");
    this.#timer ||= setTimeout(() => this.say(words), QUIET_BREAK);
  }

  say(words) {
    this.#line.textContent = words;
    this.#line.hidden = !words;
  }
}
