// Threads of replies in a group: the line under their root, and the panel in which one is read and answered.

import { outgoing } from "../../lib/outgoing.js";
import { request } from "../../lib/http.js";
import { toast } from "../../lib/toast.js";
import { fragmentOf } from "../history.js";
import { Log } from "../log.js";
import { MentionPicker } from "../mention-picker.js";
import { part } from "../message.js";

export class Threads {
  #talk;
  #panel;
  #log = null;
  #root = 0;
  #stops = [];
  #returnTo = null;

  acts = { thread: (item) => this.#open(Number(item.dataset.seq)) };
  offers = { thread: ({ seq, isUnsent }) => Boolean(this.#panel) && !isUnsent && !this.#inPanel(seq) };
  tools = { "close-thread": () => this.#close() };

  constructor(talk) {
    this.#talk = talk;
    this.#panel = talk.root.querySelector("[data-thread]");
    if (this.#panel) this.#bind();
  }

  stop() {
    this.#stops.forEach((stop) => stop());
  }

  fill(item, { seq, replies, thread, unsent_at }) {
    showLine(item, thread || !seq ? null : replies, this.#talk, seq);
    if (unsent_at && seq === this.#root) this.#close();
  }

  apply(event) {
    if (event.type === "thread.changed") this.#changed(event);
    if (!this.#log || !event.type.startsWith("message.")) return;
    if (event.thread === this.#root || event.seq === this.#root) this.#put(event);
  }

  #changed({ seq, replies }) {
    const item = this.#talk.log.get(seq);
    if (item) showLine(item, replies, this.#talk, seq);
    const unknown = (replies?.people ?? []).filter((id) => !this.#talk.people.knows(id));
    if (unknown.length) this.#talk.people.learn(unknown).then(() => item && showLine(item, replies, this.#talk, seq));
  }

  // --- The panel ------------------------------------------------------------------------------------

  #bind() {
    const form = this.#panel.querySelector("[data-thread-form]");
    const log = this.#find("log");
    this.#panel.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.#close());
    log.addEventListener("scroll", () => log.scrollTop < 200 && this.#earlier(), { passive: true });
    if (!form) return;
    const words = form.elements.namedItem("body");
    this.#stops.push(new MentionPicker(words, this.#talk).stop);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(words);
    });
    words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
      event.preventDefault();
      form.requestSubmit();
    });
    words.addEventListener("input", () => form.classList.toggle("has-words", Boolean(words.value.trim())));
    this.#hear("change", () => this.#showSending());
    this.#hear("sent", ({ detail }) => this.#sent(detail));
    this.#hear("failed", ({ detail }) => this.#failed(detail));
  }

  #hear(type, handler) {
    outgoing.addEventListener(type, handler);
    this.#stops.push(() => outgoing.removeEventListener(type, handler));
  }

  #find(name) {
    return this.#panel.querySelector(`[data-thread-${name}]`);
  }

  #inPanel(seq) {
    return seq !== this.#root && Boolean(this.#log?.get(seq));
  }

  async #open(seq) {
    const root = Number(this.#talk.log.get(seq)?.dataset.thread) || seq;
    try {
      const { fragment, hasOlder } = await this.#fetch(root);
      this.#returnTo = document.activeElement;
      this.#root = root;
      this.#panel.querySelector("[data-list]").replaceChildren(fragment);
      this.#log = new Log(this.#find("log"), this.#guarded(root));
      this.#find("more").hidden = !hasOlder;
      this.#talk.bindMenu(this.#find("log"));
      this.#panel.hidden = false;
      this.#talk.root.classList.add("has-thread");
      this.#showSending();
      this.#log.toEnd();
      this.#panel.querySelector("textarea")?.focus({ preventScroll: true });
    } catch (error) {
      toast(error.message, { isBad: true });
    }
  }

  #close() {
    if (this.#panel.hidden) return;
    this.#panel.hidden = true;
    this.#talk.root.classList.remove("has-thread");
    this.#log = null;
    this.#root = 0;
    this.#returnTo?.focus({ preventScroll: true });
  }

  async #fetch(root, before) {
    const query = before ? `?before=${before}` : "";
    const page = await request(`/chat/${this.#talk.id}/thread/${root}/${query}`, {
      headers: { Accept: "text/html", "HX-Request": "true" },
    });
    const fragment = fragmentOf(await page.text());
    markRoot(fragment.querySelector(`#message-${root}`));
    return { fragment, hasOlder: page.headers.get("X-Has-Older") === "1" };
  }

  async #earlier() {
    const more = this.#find("more");
    if (more.hidden || !this.#log) return;
    more.hidden = true;
    const root = this.#root;
    try {
      const { fragment, hasOlder } = await this.#fetch(root, this.#log.firstSeq);
      if (root !== this.#root) return;
      this.#log.prepend(fragment);
      more.hidden = !hasOlder;
    } catch {
      more.hidden = false;
    }
  }

  /** What hangs on the root is kept up in the talk; its copy here is only shown. */
  #guarded(root) {
    const { features } = this.#talk;
    const isRoot = (item) => Number(item.dataset.seq) === root;
    return {
      ...this.#talk,
      features: {
        adopt: (item) => isRoot(item) || features.adopt(item),
        fill: (item, message) => isRoot(item) || features.fill(item, message),
      },
    };
  }

  #put(message) {
    const stays = this.#log.isAtEnd;
    const { item } = this.#log.put(message);
    if (message.seq === this.#root) markRoot(item);
    if (stays) this.#log.toEnd();
    if (!this.#talk.people.knows(message.author)) this.#talk.people.learn([message.author]).then(() => this.#log?.put(message));
  }

  // --- Answering ------------------------------------------------------------------------------------

  #send(words) {
    const body = words.value.trim();
    if (!body || !this.#root) return words.focus();
    this.#find("problem").hidden = true;
    this.#talk.send({ body, thread: this.#root });
    words.value = "";
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus({ preventScroll: true });
  }

  #showSending() {
    if (!this.#log) return;
    const waiting = outgoing.of(this.#talk.id).filter(({ thread }) => thread === this.#root);
    for (const message of waiting) this.#log.putSending(message).classList.add("is-sending");
    const ids = new Set(waiting.map(({ client_id }) => client_id));
    for (const id of this.#log.sending) if (!ids.has(id)) this.#log.dropSending(id);
    if (waiting.length) this.#log.toEnd();
  }

  /** Refused: the words come back to where they were written, with the reason. */
  #failed({ message, error }) {
    if (!message.thread || message.conversation !== this.#talk.id) return;
    outgoing.drop(message.client_id);
    const line = this.#find("problem");
    if (!line || message.thread !== this.#root) return toast(error.message, { isBad: true });
    line.textContent = error.message;
    line.hidden = false;
    const words = this.#panel.querySelector("textarea");
    words.value ||= message.body;
  }

  #sent({ message, ack }) {
    if (message.thread === this.#root) this.#log?.settle(message.client_id, ack)?.classList.remove("is-sending");
  }
}

/** The root stands in the talk as well, and an address names one place. */
function markRoot(item) {
  item?.removeAttribute("id");
  item?.classList.add("is-root");
}

/** "3 replies · Mei, Ben" under a message; nothing where nobody answered. */
function showLine(item, replies, talk, seq) {
  const line = part(item, "thread");
  line.hidden = !replies?.count;
  if (line.hidden) return;
  line.href = `/chat/${talk.id}/thread/${seq}/`;
  part(line, "thread-count").textContent = interpolate(ngettext("%s reply", "%s replies", replies.count), [replies.count]);
  const names = replies.people.map((id) => (id === talk.me ? gettext("You") : talk.people.get(id).name.split(" ")[0]));
  part(line, "thread-names").textContent = names.join(", ");
}
