// One's own messages on their way, shown in the log: sending, failed with a way out, sent.

import { outgoing } from "../lib/outgoing.js";
import { live } from "../lib/live.js";
import { part } from "./message.js";

export class Sending {
  #log;
  #talk;
  #onSent;
  #stops = [];
  /** Those whose event, or page, was here before their ack. */
  #claimed = new Set();

  constructor(log, talk, onSent) {
    this.#log = log;
    this.#talk = talk;
    this.#onSent = onSent;
    this.#listen(outgoing, "change", () => this.show());
    this.#listen(outgoing, "sent", ({ detail }) => this.#sent(detail));
    this.#stops.push(live.on("state", () => this.show()));
    this.#claimStored();
    this.show();
  }

  stop() {
    this.#stops.forEach((stop) => stop());
  }

  /** The event came before the ack: the item that waits with these words is that message. */
  claim(event) {
    if (event.thread) return;
    const same = (m) => !m.thread && m.body.trim() === event.body && isShown(m, event) && m.state === "sending" && !this.#claimed.has(m.client_id);
    const waiting = outgoing.of(this.#talk.id).find(same);
    if (!waiting) return;
    this.#claimed.add(waiting.client_id);
    this.#unmark(this.#log.settle(waiting.client_id, event));
  }

  /** The page was asked for after the send and before its ack: the message stands there already. */
  #claimStored() {
    const own = [...this.#log.list.querySelectorAll(".message--mine")];
    for (const message of outgoing.of(this.#talk.id)) {
      const isIt = (item) =>
        part(item, "body").textContent === message.body.trim() && shownIn(item) === (message.media ?? []).join() && item.dataset.at >= message.created_at;
      if (message.state === "sending" && own.some(isIt)) this.#claimed.add(message.client_id);
    }
  }

  #unmark(item) {
    item?.classList.remove("is-sending", "is-failed");
  }

  show() {
    const waiting = outgoing.of(this.#talk.id);
    const ids = new Set(waiting.map((message) => message.client_id));
    for (const message of waiting) if (!this.#claimed.has(message.client_id)) this.#showOne(message);
    for (const id of this.#log.sending) if (!ids.has(id)) this.#log.dropSending(id);
  }

  /** What goes into a thread is shown there (features/threads.js). */
  #showOne(message) {
    if (message.thread) return;
    const item = this.#log.putSending(message);
    const isFailed = message.state === "failed";
    item.classList.toggle("is-failed", isFailed);
    item.classList.toggle("is-sending", !isFailed);
    const state = part(item, "state");
    state.textContent = isFailed ? gettext("not sent") : message.state === "held" ? message.detail : live.state === "open" ? gettext("sending…") : gettext("waiting…");
    const problem = part(item, "problem");
    problem.hidden = !isFailed;
    if (isFailed && !problem.childElementCount) problem.replaceChildren(...this.#wayOut(message));
    if (!isFailed) problem.replaceChildren();
  }

  #wayOut({ client_id, detail }) {
    const words = document.createElement("span");
    words.textContent = detail || gettext("This message was not sent.");
    return [
      words,
      button(gettext("Try again"), () => outgoing.retry(client_id)),
      button(gettext("Discard"), () => outgoing.drop(client_id)),
    ];
  }

  #sent({ message, ack }) {
    if (message.conversation !== this.#talk.id) return;
    this.#unmark(this.#log.settle(message.client_id, ack));
    this.#claimed.delete(message.client_id);
    this.#onSent(ack);
  }

  #listen(target, type, handler) {
    target.addEventListener(type, handler);
    this.#stops.push(() => target.removeEventListener(type, handler));
  }
}

/** Whether an event shows the media that a message here was sent with: its uploads, or its sticker. */
function isShown(message, event) {
  return (message.media ?? []).join() === (event.media ?? []).map(({ id, sticker }) => reference(id, sticker)).join();
}

function shownIn(item) {
  return [...item.querySelectorAll("[data-medium]")].map(({ dataset }) => reference(dataset.medium, dataset.sticker)).join();
}

const reference = (id, sticker) => (sticker ? `sticker:${sticker}` : id);

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
