// A creator's channel: how many follow, and what they reply under a post, read and answered beside the talk.

import { request } from "../../lib/http.js";
import { live } from "../../lib/live.js";
import { toast } from "../../lib/toast.js";
import { fragmentOf } from "../history.js";
import { part } from "../message.js";

export class Channel {
  #talk;
  #panel;
  #seq = 0;
  #stop = null;
  #returnTo = null;

  acts = {};
  tools = {};

  constructor(talk) {
    this.#talk = talk;
    if (talk.kind !== "channel") return;
    this.#panel = talk.root.querySelector("[data-replies-panel]");
    this.acts = { answers: (item) => this.#open(Number(item.dataset.seq)) };
    this.tools = { "close-replies": () => this.#close() };
    this.#stop = live.on("replies", ({ conversation, counts }) => conversation === talk.id && this.#count(counts));
    this.#panel.addEventListener("submit", (event) => this.#submit(event));
    this.#panel.addEventListener("keydown", (event) => this.#key(event));
    this.#panel.addEventListener("click", (event) => this.#follow(event));
  }

  stop() {
    this.#stop?.();
  }

  fill(item, { seq, reply_count: count }) {
    if (this.#talk.kind === "channel" && seq) showCount(item, count ?? 0, this.#talk.id, seq);
  }

  apply({ type, channel }) {
    if (type !== "conversation.changed" || !channel) return;
    this.#talk.root.classList.toggle("talk--answered", channel.opens_replies);
  }

  #count(counts) {
    for (const [seq, count] of Object.entries(counts)) {
      const item = this.#talk.log.get(Number(seq));
      if (item) showCount(item, count, this.#talk.id, seq);
      if (Number(seq) === this.#seq) this.#load(this.#address());
    }
  }

  // --- The panel ------------------------------------------------------------------------------------

  #address() {
    return `/chat/${this.#talk.id}/posts/${this.#seq}/replies/`;
  }

  async #open(seq) {
    this.#seq = seq;
    this.#returnTo = document.activeElement;
    await this.#load(this.#address());
    this.#panel.hidden = false;
    this.#talk.root.classList.add("has-thread");
    this.#panel.querySelector("textarea, [data-tool]")?.focus({ preventScroll: true });
  }

  #close() {
    this.#panel.hidden = true;
    this.#seq = 0;
    this.#talk.root.classList.remove("has-thread");
    this.#returnTo?.focus({ preventScroll: true });
  }

  /** Show what the server answers; words that are being written stay. */
  async #load(url, options = {}) {
    const words = this.#panel.querySelector("textarea")?.value ?? "";
    const hadFocus = this.#panel.querySelector("textarea") === document.activeElement;
    try {
      const page = await request(url, { headers: { Accept: "text/html", "HX-Request": "true" }, ...options });
      this.#panel.querySelector("[data-replies-body]").replaceChildren(fragmentOf(await page.text()));
    } catch (error) {
      toast(error.message, { isBad: true });
      return false;
    }
    const field = this.#panel.querySelector("textarea");
    if (field && !options.method) field.value = words;
    if (field && hadFocus) field.focus({ preventScroll: true });
    this.#panel.querySelector(".replies__one:last-child")?.scrollIntoView({ block: "nearest" });
    return true;
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("button");
    button.disabled = true;
    await this.#load(form.action, { method: "POST", body: new FormData(form) });
    button.disabled = false;
  }

  #key(event) {
    if (event.key === "Escape" && !event.defaultPrevented) return this.#close();
    const isSend = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!isSend || event.target.localName !== "textarea" || !matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }

  /** Earlier replies come into the panel too. */
  #follow(event) {
    const link = event.target.closest('a[href^="?before="]');
    if (!link) return;
    event.preventDefault();
    this.#load(`${this.#address()}${link.getAttribute("href")}`);
  }
}

function showCount(item, count, talk, seq) {
  const line = part(item, "answers");
  line.href = `/chat/${talk}/posts/${seq}/replies/`;
  line.classList.toggle("has-some", count > 0);
  part(line, "answers-count").textContent = count
    ? interpolate(ngettext("%s reply", "%s replies", count), [count])
    : gettext("Reply");
}
