// The page's one socket: says hello with cursors, answers heartbeats, comes back by itself, matches answers to questions.

import { NumberLine } from "./number-line.js";

const SILENCE_LIMIT = 35_000;
const WELCOME_LIMIT = 10_000;
const ANSWER_LIMIT = 10_000;
const HELLO_CURSORS = 500;
const FIRST_WAIT = 300;
const SHORT_WAIT = 2500;
const LONGEST_WAIT = 15_000;
/** A restarted server is back within this many tries; who is still away after them waits longer. */
const SHORT_TRIES = 12;
/** While all of Medley is off where this browser is, it asks now and then whether that is over. */
const REGION_WAIT = 5000;

const NOT_SIGNED_IN = 4001;
const REVOKED = 4003;
const TOO_SLOW = 4008;
const FLOOD = 4009;
const RESTART = 1012;
const REGION_OFF = 4010;

/** The server understood and said no; `code` is stable, `message` a sentence for people. */
export class Refused extends Error {
  constructor({ code, detail }) {
    super(detail || code);
    this.name = "Refused";
    this.code = code;
  }
}

/** No answer came. What was asked may or may not have happened. */
export class Unanswered extends Error {
  constructor() {
    super("unanswered");
    this.name = "Unanswered";
  }
}

/**
 * States: `idle` (not started), `connecting`, `open` (welcomed), `waiting` (will try again), `ended` (signed out).
 * Tells: `state`, and every frame of the server under its own type, with the frame as `detail`.
 */
class Live extends EventTarget {
  state = "idle";
  user = null;
  /** How often connecting failed since the last welcome. */
  failures = 0;

  #socket = null;
  #lines = new Map();
  #questions = new Map();
  #heardAt = 0;
  #retry = 0;
  #welcomeTimer = 0;
  #watch = 0;

  /** Connect once; later calls do nothing. */
  start() {
    if (this.state !== "idle") return;
    window.addEventListener("online", () => this.#hurry());
    window.addEventListener("pageshow", () => this.#hurry());
    window.addEventListener("offline", () => this.#drop());
    window.addEventListener("pagehide", () => this.#drop());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#hurry();
    });
    this.#watch = setInterval(() => this.#checkSilence(), 5000);
    this.#connect();
  }

  /** Call `handler(frame)` for every frame of this type; returns how to stop. */
  on(type, handler) {
    const listener = (event) => handler(event.detail);
    this.addEventListener(type, listener);
    return () => this.removeEventListener(type, listener);
  }

  /** Hear every change of a conversation after `revision`, in order, none missing; returns how to stop. */
  follow(conversation, revision, apply) {
    const line = new NumberLine(conversation, revision, apply);
    this.#lines.set(conversation, line);
    if (this.state === "open") this.#send(this.#hello([[conversation, revision]]));
    return () => {
      line.stop();
      if (this.#lines.get(conversation) === line) this.#lines.delete(conversation);
    };
  }

  /** Ask something that is answered: resolves with the ack, rejects with Refused or Unanswered. */
  ask(frame) {
    const id = frame.client_id ?? crypto.randomUUID();
    const question = frame.client_id ? frame : { ...frame, id };
    return new Promise((resolve, reject) => {
      if (this.state !== "open") return reject(new Unanswered());
      const timer = setTimeout(() => this.#settle(id, (q) => q.reject(new Unanswered())), ANSWER_LIMIT);
      this.#questions.set(id, { resolve, reject, timer });
      this.#send(question);
    });
  }

  /** Say something that may be lost (typing, read); answers whether it went out. */
  hint(frame) {
    if (this.state !== "open") return false;
    this.#send(frame);
    return true;
  }

  #connect() {
    if (this.#socket || this.state === "ended") return;
    clearTimeout(this.#retry);
    this.#become("connecting");
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/ws/`);
    this.#socket = socket;
    this.#welcomeTimer = setTimeout(() => this.#drop(), WELCOME_LIMIT);
    socket.onopen = () => this.#greet();
    socket.onmessage = (event) => this.#hear(JSON.parse(event.data));
    socket.onclose = (event) => this.#closed(socket, event.code);
  }

  #greet() {
    const cursors = [...this.#lines].map(([conversation, line]) => [conversation, line.cursor]);
    do {
      this.#send(this.#hello(cursors.splice(0, HELLO_CURSORS)));
    } while (cursors.length);
  }

  #hello(cursors) {
    return { type: "hello", cursors: Object.fromEntries(cursors) };
  }

  #hear(frame) {
    this.#heardAt = Date.now();
    switch (frame.type) {
      case "welcome":
        this.#welcomed(frame);
        break;
      case "ack":
        this.#settle(frame.client_id ?? frame.id, (question) => question.resolve(frame));
        break;
      case "refused":
      case "error":
        this.#settle(frame.client_id ?? frame.id, (question) => question.reject(new Refused(frame)));
        break;
      case "heartbeat":
        this.#send({ type: "pong" });
        this.#reach(frame.heads);
        break;
      case "events":
        this.#lines.get(frame.conversation)?.receive(frame);
        break;
      case "resync":
        this.#lines.get(frame.conversation)?.heal();
        break;
    }
    this.#tell(frame.type, frame);
  }

  #welcomed(frame) {
    clearTimeout(this.#welcomeTimer);
    this.failures = 0;
    this.user = frame.user;
    this.#become("open");
    this.#reach(frame.heads);
  }

  #reach(heads = {}) {
    for (const [conversation, head] of Object.entries(heads)) this.#lines.get(conversation)?.reach(head);
  }

  #settle(id, how) {
    const question = this.#questions.get(id);
    if (!question) return;
    clearTimeout(question.timer);
    this.#questions.delete(id);
    how(question);
  }

  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** A half-open line looks alive: only silence gives it away. */
  #checkSilence() {
    if (this.state === "open" && Date.now() - this.#heardAt > SILENCE_LIMIT) this.#drop();
  }

  /** Give this socket up without waiting for its close handshake, which a dead line never answers. */
  #drop() {
    const socket = this.#socket;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#closed(socket, 1006);
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#welcomeTimer);
    for (const id of [...this.#questions.keys()]) this.#settle(id, (q) => q.reject(new Unanswered()));
    if (code === NOT_SIGNED_IN || code === REVOKED) {
      clearInterval(this.#watch);
      return this.#become("ended");
    }
    if (code === REGION_OFF) this.#tell("region", { type: "region", off: ["app"] });
    this.failures += 1;
    this.#retry = setTimeout(() => this.#connect(), this.#wait(code));
    this.#become("waiting");
  }

  /** Fast at first, then doubling; spread by chance, so that a restarted server is not stormed. */
  #wait(code) {
    if (code === REGION_OFF) return REGION_WAIT + Math.random() * REGION_WAIT;
    if (code === FLOOD) return 5000 + Math.random() * 5000;
    if (code === TOO_SLOW) return Math.random() * 500;
    if (code === RESTART && this.failures <= 1) return 200 + Math.random() * 1500;
    const cap = this.failures <= SHORT_TRIES ? SHORT_WAIT : LONGEST_WAIT;
    const longest = Math.min(cap, FIRST_WAIT * 2 ** (this.failures - 1));
    return longest / 2 + (Math.random() * longest) / 2;
  }

  /** The network is back or somebody looks: do not sit out the wait. */
  #hurry() {
    if (this.state === "waiting") this.#connect();
    else this.#checkSilence();
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#tell("state", { state });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export const live = new Live();
