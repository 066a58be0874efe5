// Messages for later: hold the send button (or use the menu), choose a time, and see how many wait.

import { getJSON } from "../../lib/http.js";
import { live } from "../../lib/live.js";
import { toast } from "../../lib/toast.js";
import { byMessage, whenReady } from "../media/posting.js";
import * as verbs from "../verbs.js";
import { askWhen } from "../when.js";
import { momentName } from "../zoned.js";

const LONG_PRESS = 420;

export class Schedule {
  tools = { schedule: () => this.#schedule() };

  #talk;
  #bar;
  #stops;

  constructor(talk) {
    this.#talk = talk;
    /** For what is written elsewhere than in the composer: polls. */
    talk.sendLater = (message) => this.#keep(message);
    this.#bar = talk.root.querySelector("[data-scheduled-bar]");
    this.#stops = [
      live.on("schedule.changed", ({ scheduled }) => this.#count(scheduled.conversation)),
      live.on("schedule.gone", ({ conversation }) => this.#count(conversation)),
    ];
    const send = talk.root.querySelector('[data-behaviour~="composer"] button[type="submit"]');
    if (send) this.#hold(send);
  }

  stop() {
    this.#stops.forEach((stop) => stop());
  }

  /** The press that opened the sheet must not send as the finger lifts. */
  #hold(send) {
    let timer = 0;
    let isHeld = false;
    const open = () => {
      isHeld = true;
      navigator.vibrate?.(8);
      this.#schedule();
    };
    send.addEventListener("pointerdown", () => {
      isHeld = false;
      timer = setTimeout(open, LONG_PRESS);
    });
    for (const name of ["pointerup", "pointerleave", "pointercancel"]) send.addEventListener(name, () => clearTimeout(timer));
    send.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      if (!isHeld) open();
    });
    send.addEventListener("click", (event) => isHeld && event.detail && event.preventDefault());
  }

  async #schedule() {
    const { root, tray } = this.#talk;
    const asked = { detail: {} };
    root.dispatchEvent(new CustomEvent("talk:collect", asked));
    const { message, clear } = asked.detail;
    if (!message) return this.#problem(gettext("Write something first."));
    if (!(await this.#keep(message, tray?.uploads))) return;
    tray?.take();
    clear();
  }

  /** Ask when, and let the server keep `message` with these uploads until then; whether it does. */
  async #keep(message, uploads = []) {
    const at = await askWhen(this.#talk.root, { title: gettext("Send later"), label: gettext("Schedule") });
    if (!at) return false;
    try {
      for (const part of await parts(message, uploads)) await this.#put(part, at);
      const words = interpolate(gettext("Scheduled: %s"), [momentName(at)]);
      toast(words, { href: this.#bar.href, label: gettext("View") });
      return true;
    } catch (error) {
      this.#problem(error.message);
      return false;
    }
  }

  #put(message, at) {
    return verbs.schedule(this.#talk.id, { ...message, client_id: crypto.randomUUID(), send_at: at.toISOString() });
  }

  #problem(words) {
    this.#talk.root.dispatchEvent(new CustomEvent("talk:problem", { detail: words }));
  }

  async #count(conversation) {
    if (conversation !== this.#talk.id || !this.#bar) return;
    try {
      const { length } = await getJSON(`/api/v1/conversations/${conversation}/scheduled/`);
      this.#bar.hidden = !length;
      this.#bar.lastElementChild.textContent = interpolate(ngettext("%s scheduled message", "%s scheduled messages", length), [length]);
    } catch {
      // The next change asks again.
    }
  }
}

/** The words go with the first of what hangs on them. */
async function parts(message, uploads) {
  const cards = byMessage(uploads).map((some) => Promise.all(some.map(whenReady)));
  if (!cards.length) return [message];
  const ids = (await Promise.all(cards)).map((some) => some.map(({ id }) => id));
  return ids.map((media, place) => (place ? { body: "", media } : { ...message, media }));
}
