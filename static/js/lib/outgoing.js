// Messages on their way: kept in the browser until the server has them, sent again after every break, never twice.

import { forgetKept, keepForLater } from "./kept.js";
import { live, Refused } from "./live.js";
import { postJSON } from "./http.js";

const LIMIT = 200;
const AGAIN = 3000;
const LONGEST_AGAIN = 30_000;
/** After this many failed connections the socket is taken for barred (a proxy, say) and REST is used. */
const SOCKET_PATIENCE = 2;

/**
 * A message here is `{client_id, conversation, body, reply_to, share, ..., created_at, state, detail}`: what the door
 * takes, as it takes it; what hangs on it has to be JSON. `state` is
 * `sending` or `failed` (then `detail` is the server's sentence), or `held` while its files are on their way (then
 * `detail` says how far). The `client_id` makes a repetition harmless; `cards` are what it shows here meanwhile.
 * Tells: `change` (something was added, failed, retried or dropped), `sent` ({message, ack}), `failed` ({message}).
 */
class Outgoing extends EventTarget {
  #key = null;
  #user = null;
  /** Those that the service worker sends if this page is closed before there is a line. */
  #kept = new Set();
  #inFlight = new Set();
  /** Held ones, with what trying again and dropping them mean; files do not outlive the page. */
  #held = new Map();
  #timer = 0;
  #failures = 0;

  /** Keep the messages of this person; called once a page, before anything else. */
  open(user) {
    if (this.#key) return;
    this.#user = user;
    this.#key = `medley.outgoing.${user}`;
    live.on("state", () => this.flush());
    window.addEventListener("online", () => this.flush());
    window.addEventListener("beforeunload", (event) => this.#held.size && event.preventDefault());
    window.addEventListener("storage", (event) => {
      if (event.key === this.#key) this.#tell("change", {});
    });
  }

  /** Those for one conversation, oldest first. */
  of(conversation) {
    const held = [...this.#held.values()].map(({ message }) => message);
    return [...this.#read(), ...held].filter((message) => message.conversation === conversation);
  }

  /** Put a message on its way; answers it with its `client_id`. */
  send(said) {
    const message = drafted(said, "sending");
    this.#write([...this.#read(), message].slice(-LIMIT));
    this.#tell("change", {});
    this.flush();
    return message;
  }

  /** Show a message that cannot go yet; `ways` are `{retry, drop}`. `release` sends it. */
  hold(said, ways) {
    const message = drafted(said, "held");
    this.#held.set(message.client_id, { message, ways });
    this.#tell("change", {});
    return message;
  }

  /** How a held one stands. */
  tell(clientId, values) {
    const held = this.#held.get(clientId);
    if (!held) return;
    Object.assign(held.message, values);
    this.#tell("change", {});
  }

  /** A held one is complete. */
  release(clientId, values) {
    const held = this.#held.get(clientId);
    if (!held) return;
    this.#held.delete(clientId);
    this.send({ ...held.message, ...values, detail: "" });
  }

  /** Try a failed one again, under the same `client_id`. */
  retry(clientId) {
    const held = this.#held.get(clientId);
    if (held) return held.ways.retry();
    this.#change(clientId, { state: "sending", detail: "" });
    this.flush();
  }

  /** Forget one that was refused. */
  drop(clientId) {
    this.#held.get(clientId)?.ways.drop();
    this.#held.delete(clientId);
    this.#remove(clientId);
    this.#tell("change", {});
  }

  /** Send whatever waits, in order: over the socket, or by REST where there is none. */
  flush() {
    clearTimeout(this.#timer);
    if (live.state === "open") this.#flushSocket();
    else if (live.failures >= SOCKET_PATIENCE && navigator.onLine) this.#flushRest();
    else if (this.#waiting().length) this.#flushLater();
  }

  #waiting() {
    return this.#read().filter((m) => m.state === "sending" && !this.#inFlight.has(m.client_id));
  }

  /** All at once: the server takes one socket's frames in their order. */
  #flushSocket() {
    for (const message of this.#waiting()) {
      this.#carry(message, () => live.ask({ type: "message.send", ...said(message) }));
    }
  }

  /** One after the other: requests side by side would change places. */
  async #flushRest() {
    if (this.#inFlight.size) return;
    for (const message of this.#waiting()) {
      const { conversation, ...words } = said(message);
      const url = `/api/v1/conversations/${conversation}/messages/`;
      if (!(await this.#carry(message, () => postJSON(url, words)))) return;
    }
  }

  /** Answers whether the message is settled, one way or the other. */
  async #carry(message, ask) {
    this.#inFlight.add(message.client_id);
    try {
      const ack = await ask();
      this.#inFlight.delete(message.client_id);
      this.#failures = 0;
      this.#remove(message.client_id);
      this.#tell("sent", { message, ack });
      return true;
    } catch (error) {
      this.#inFlight.delete(message.client_id);
      if (isFinal(error)) {
        this.#change(message.client_id, { state: "failed", detail: error.message });
        this.#tell("failed", { message, error });
        return true;
      }
      this.#failures += 1;
      this.#flushLater();
      return false;
    }
  }

  #flushLater() {
    clearTimeout(this.#timer);
    this.#keepWaiting();
    const wait = Math.min(LONGEST_AGAIN, AGAIN * 2 ** this.#failures);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  #keepWaiting() {
    for (const message of this.#waiting().filter(({ client_id }) => !this.#kept.has(client_id))) {
      this.#kept.add(message.client_id);
      keepForLater(this.#user, message, said(message));
    }
  }

  #forgetKept(clientId) {
    if (this.#kept.delete(clientId)) forgetKept(clientId);
  }

  #change(clientId, values) {
    if (values.state === "failed") this.#forgetKept(clientId);
    this.#write(this.#read().map((m) => (m.client_id === clientId ? { ...m, ...values } : m)));
    this.#tell("change", {});
  }

  #remove(clientId) {
    this.#forgetKept(clientId);
    this.#write(this.#read().filter((message) => message.client_id !== clientId));
  }

  #read() {
    if (this.#memory) return this.#memory;
    try {
      return JSON.parse(localStorage.getItem(this.#key)) ?? [];
    } catch {
      return [];
    }
  }

  /** Where the browser keeps nothing for us (private mode, full), the page's own memory has to do. */
  #memory = null;

  #write(messages) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(messages));
      this.#memory = null;
    } catch {
      this.#memory = messages;
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** What the server is told of a message: all but how it stands here. */
function said({ state, detail, created_at, cards, ...message }) {
  return message;
}

function drafted({ conversation, body, reply_to = null, share = null, client_id, ...hanging }, state) {
  return {
    ...hanging,
    client_id: client_id ?? crypto.randomUUID(),
    conversation,
    body,
    reply_to,
    share,
    created_at: new Date().toISOString(),
    state,
  };
}

/** Whether asking again can only bring the same answer. */
function isFinal(error) {
  if (error instanceof Refused) return !TRANSIENT.has(error.code);
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
}

const TRANSIENT = new Set(["unavailable", "rate.flood"]);

export const outgoing = new Outgoing();
