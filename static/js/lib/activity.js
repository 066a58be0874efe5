// What the person is told of: how many lines are new, and a word on the page when one comes.

import { getJSON, postJSON } from "./http.js";
import { live } from "./live.js";
import { countInTitle } from "./title-count.js";
import { toast } from "./toast.js";

const PLACE = "/activity/";
const API = "/api/v1/notifications/";
/** After a restart all pages come back at once; they need not all ask at once. */
const SPREAD = 2000;
const LONGEST = 90;

/** Tells `standing` whenever the number changed, and `lines` whenever the list is not what it was. */
class Activity extends EventTarget {
  unread = 0;
  revision = 0;

  #isStarted = false;
  #timer = 0;
  #word = null;
  #waiting = 0;

  /** Begin with what the page came with; later calls do nothing. */
  start({ unread, revision }) {
    if (this.#isStarted) return;
    this.#isStarted = true;
    Object.assign(this, { unread, revision });
    countInTitle("activity", unread);
    live.on("notification", (frame) => this.#comes(frame));
    live.on("notification.withdrawn", (frame) => this.#learn(frame));
    live.on("notifications.read", (frame) => this.#learn(frame));
    live.on("welcome", () => this.#askSoon());
    // A hint may be lost with Redis; whoever comes back to the page sees what is so.
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#askSoon());
    live.start();
  }

  /** The list was looked at, up to this revision. */
  async see(revision) {
    this.#learn(await postJSON(`${API}seen/`, { up_to: revision }));
  }

  /** These lines were opened; said on the way to another page, too. */
  read(ids) {
    return postJSON(`${API}read/`, { ids }, { keepalive: true });
  }

  #comes(frame) {
    this.#learn(frame);
    if (frame.is_news && document.visibilityState === "visible") this.#say(frame.notification);
  }

  #learn({ unread, revision }) {
    // Frames of several processes may overtake each other.
    if (revision < this.revision) return;
    const isOther = revision > this.revision;
    Object.assign(this, { unread, revision });
    countInTitle("activity", unread);
    this.dispatchEvent(new Event("standing"));
    if (isOther) this.dispatchEvent(new Event("lines"));
  }

  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), Math.random() * SPREAD);
  }

  async #ask() {
    try {
      this.#learn(await getJSON(`${PLACE}standing/`));
    } catch {
      // The next welcome asks again.
    }
  }

  /** Nothing about what is on the page already; several at once are one word. */
  #say({ id, text, href }) {
    if ([PLACE, href.split(/[?#]/)[0]].includes(location.pathname)) return;
    this.#waiting = this.#word?.isConnected ? this.#waiting + 1 : 1;
    this.#word?.remove();
    this.#word = this.#waiting > 1 ? this.#sayMany() : toast(shortened(text), { href: href || PLACE, label: gettext("View") });
    if (this.#waiting === 1) this.#word.addEventListener("click", (event) => event.target.closest("a") && this.read([id]));
  }

  #sayMany() {
    const words = ngettext("%s new notification", "%s new notifications", this.#waiting);
    return toast(interpolate(words, [this.#waiting]), { href: PLACE, label: gettext("View") });
  }
}

const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

export const activity = new Activity();
