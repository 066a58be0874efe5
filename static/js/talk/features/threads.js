// Threads of replies in a group: the line under their root, and the panel in which one is read and answered.

import { outgoing } from "../../lib/outgoing.js";
import { request } from "../../lib/http.js";
import { toast } from "../../lib/toast.js";
import { bringIntoView, fragmentOf } from "../history.js";
import { Log } from "../log.js";
import { MentionPicker } from "../mention-picker.js";
import { mentionsOf } from "../mentions.js";
import { part, read } from "../message.js";
import { hangingWords } from "../preview.js";
import { quotedIn } from "../quotes.js";
import * as verbs from "../verbs.js";

export class Threads {
  #talk;
  #panel;
  #log = null;
  #root = 0;
  #stops = [];
  #returnTo = null;
  /** What the words in the panel are about: `{kind: "reply" | "edit", seq}`. */
  #about = null;

  acts = {
    thread: (item) => this.#open(Number(item.dataset.seq)),
    "thread-at": (item, seq) => item && this.#openAt(Number(item.dataset.seq), seq),
    reply: (item) => this.#isShowing(item) && this.#compose("reply", item),
    edit: (item) => this.#isShowing(item) && this.#compose("edit", item),
  };
  offers = { thread: ({ seq, isUnsent }) => Boolean(this.#panel) && !isUnsent && !this.#inPanel(seq) };
  tools = { "close-thread": () => this.#close(), "thread-about-close": () => this.#clearAbout() };

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
    log.addEventListener("click", (event) => this.#follow(event));
    log.addEventListener("scroll", () => log.scrollTop < 200 && this.#earlier(), { passive: true });
    if (!form) return;
    const words = form.elements.namedItem("body");
    this.#stops.push(new MentionPicker(words, this.#talk).stop);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(words);
    });
    words.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#about) {
        event.preventDefault();
        this.#clearAbout();
      }
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

  /** At one of its messages, however far back. */
  async #openAt(root, seq) {
    await this.#open(root);
    let reached = Infinity;
    while (this.#log && !this.#log.get(seq) && this.#log.firstSeq < reached) {
      reached = this.#log.firstSeq;
      await this.#earlier();
    }
    bringIntoView(this.#log?.get(seq));
  }

  #close() {
    if (this.#panel.hidden) return;
    this.#panel.hidden = true;
    this.#clearAbout();
    this.#talk.root.classList.remove("has-thread");
    this.#log = null;
    this.#root = 0;
    this.#returnTo?.focus({ preventScroll: true });
  }

  /** What a quote names, where it stands in the panel too. */
  #follow(event) {
    const quote = event.target.closest(".message__quote");
    const item = quote && this.#log?.get(Number(quote.hash.split("-")[1]));
    if (!item) return;
    event.preventDefault();
    event.stopPropagation();
    bringIntoView(item);
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
      quoted: (message) => quotedIn(this.#log?.get(message.reply_to) ? this.#log : this.#talk.log, message.reply_to),
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

  #isShowing(item) {
    return this.#panel?.contains(item) && Boolean(this.#find("form"));
  }

  /** Reply to, or edit, a message of the thread where one writes in it. */
  #compose(kind, item) {
    const message = read(item);
    this.#about = { kind, seq: message.seq };
    const name = message.isMine ? gettext("You") : message.author.name;
    this.#find("about-title").textContent = kind === "edit" ? gettext("Edit message") : interpolate(gettext("Reply to %s"), [name]);
    this.#find("about-words").textContent = message.body || hangingWords(message);
    this.#find("about").hidden = false;
    if (kind === "edit") this.#write(message.body);
    this.#panel.querySelector("textarea").focus();
    return true;
  }

  #clearAbout() {
    if (!this.#about) return;
    if (this.#about.kind === "edit") this.#write("");
    this.#about = null;
    this.#find("about").hidden = true;
    this.#panel.querySelector("textarea").focus({ preventScroll: true });
  }

  #write(body) {
    const words = this.#panel.querySelector("textarea");
    words.value = body;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #send(words) {
    const body = words.value.trim();
    if (!body || !this.#root) return words.focus();
    this.#find("problem").hidden = true;
    const { id } = this.#talk;
    const about = this.#about;
    if (about?.kind === "edit") this.#talk.attempt(verbs.edit(id, about.seq, body, mentionsOf(body, this.#talk)));
    else this.#talk.send({ body, thread: this.#root, reply_to: about?.seq ?? null });
    this.#clearAbout();
    this.#write("");
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
