// The list of conversations: rows change, move up and light up as things are said.

import { request } from "../lib/http.js";
import { draftsOf } from "../lib/drafts.js";
import { live } from "../lib/live.js";
import { sentenceOf } from "../talk/notices.js";
import { People } from "../talk/people.js";
import { briefly } from "../talk/time.js";

const REFRESH_AFTER = 400;
const TYPING = 5500;
const MINUTE = 60_000;
const SCROLL_KEY = "medley.inbox.scroll";
const ROWS_KEY = "medley.inbox.rows";
const WIDE = matchMedia("(min-width: 900px)");

const part = (row, name) => row.querySelector(`[data-field="${name}"]`);

class Inbox {
  #stops = [];
  #people = new Map();
  #typing = new Map();
  #refreshTimer = 0;
  #wasOpen = false;

  constructor(root) {
    this.root = root;
    this.me = root.dataset.me;
    this.rows = root.querySelector("#inbox-rows");
    this.#stops.push(
      live.on("events", (frame) => this.#events(frame)),
      live.on("typing", (hint) => this.#typed(hint)),
      live.on("presence", (hint) => this.#present(hint)),
      live.on("read", (hint) => hint.user === this.me && this.#read(hint)),
      live.on("welcome", ({ heads }) => this.#welcomed(heads)),
      live.on("heartbeat", ({ heads }) => this.#compare(heads)),
      live.on("notification", () => {}),
    );
    this.#hear(document, "medley:read", ({ detail }) => this.#read(detail));
    this.#hear(document, "medley:draft", () => this.#showDrafts());
    this.#hear(window, "storage", () => this.#showDrafts());
    this.#hear(this.rows, "htmx:afterSwap", () => this.#shown());
    this.#lazily();
    this.#keepScroll();
    const clock = setInterval(() => this.#showTimes(), MINUTE);
    this.#stops.push(() => clearInterval(clock));
    this.#shown();
    live.start();
  }

  stop() {
    clearTimeout(this.#refreshTimer);
    this.#stops.forEach((stop) => stop());
  }

  #hear(target, type, handler) {
    target.addEventListener(type, handler);
    this.#stops.push(() => target.removeEventListener(type, handler));
  }

  #row(conversation) {
    return this.rows.querySelector(`li[data-conversation="${conversation}"]`);
  }

  /** Searching shows what was found; nothing moves under the eyes. */
  get #isSearching() {
    return Boolean(this.root.querySelector('input[type="search"]').value);
  }

  // --- Events ---------------------------------------------------------------------------------------

  async #events({ conversation, events, head }) {
    const row = this.#row(conversation);
    if (!row) return this.#refreshSoon();
    row.dataset.revision = Math.max(Number(row.dataset.revision), head ?? 0);
    for (const event of events) await this.#apply(row, event);
  }

  async #apply(row, event) {
    if (event.type.startsWith("message.")) return this.#message(row, event);
    if (event.type === "conversation.changed") {
      if (row.dataset.kind !== "direct") part(row, "name").textContent = event.title;
      return this.#refreshSoon();
    }
    if (event.type === "membership.ended" && event.user.id === this.me) row.remove();
  }

  async #message(row, message) {
    const isNew = message.seq > Number(row.dataset.last);
    if (message.seq < Number(row.dataset.last)) return;
    row.dataset.last = message.seq;
    if (message.author === this.me && isNew) row.dataset.read = message.seq;
    this.#stopTyping(row.dataset.conversation);
    await this.#preview(row, message);
    if (!isNew) return;
    const time = part(row, "time");
    time.dateTime = message.created_at;
    time.textContent = briefly(message.created_at);
    this.#showUnread(row);
    if (!this.#isSearching && row.previousElementSibling) this.#toTop(row);
  }

  async #preview(row, message) {
    const people = this.#peopleOf(row.dataset.conversation);
    const isGroup = row.dataset.kind !== "direct";
    if (isGroup && message.author !== this.me && !message.notice) await people.learn([message.author]);
    const speaker = this.#speaker(message, isGroup, people);
    const words = this.#words(message);
    part(row, "preview").replaceChildren(...(speaker ? [bdi(speaker), ": ", bdi(words)] : [words]));
  }

  #speaker(message, isGroup, people) {
    if (message.notice) return "";
    if (message.author === this.me) return gettext("You");
    return isGroup ? people.get(message.author).name.split(" ")[0] : "";
  }

  #words(message) {
    if (message.notice) return sentenceOf(message.notice, this.me);
    if (message.unsent_at) return gettext("Message unsent");
    return message.body.replace(/\s+/g, " ").slice(0, 120) || gettext("Shared a video");
  }

  #peopleOf(conversation) {
    if (!this.#people.has(conversation)) this.#people.set(conversation, new People(conversation));
    return this.#people.get(conversation);
  }

  #toTop(row) {
    const list = row.parentElement;
    if (document.startViewTransition && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      row.classList.add("is-moving");
    }
    list.prepend(row);
    setTimeout(() => row.classList.remove("is-moving"), 400);
  }

  #read({ conversation, seq }) {
    const row = this.#row(conversation);
    if (!row) return;
    row.dataset.read = Math.max(Number(row.dataset.read), seq);
    this.#showUnread(row);
  }

  #showUnread(row) {
    const unread = Math.max(0, Number(row.dataset.last) - Number(row.dataset.read));
    const dot = part(row, "unread");
    dot.hidden = !unread;
    part(dot, "count").textContent = unread > 99 ? "99+" : unread;
    row.firstElementChild.classList.toggle("is-unread", unread > 0);
  }

  // --- Hints ----------------------------------------------------------------------------------------

  async #typed({ conversation, user }) {
    const row = this.#row(conversation);
    if (!row || user === this.me) return;
    const people = this.#peopleOf(conversation);
    if (row.dataset.kind !== "direct") await people.learn([user]);
    const name = people.get(user).name.split(" ")[0];
    const words = row.dataset.kind === "direct" ? gettext("typing…") : interpolate(gettext("%s is typing…"), [name]);
    clearTimeout(this.#typing.get(conversation));
    this.#typing.set(conversation, setTimeout(() => this.#stopTyping(conversation), TYPING));
    row.dataset.typing = words;
    this.#showAside(row);
  }

  #stopTyping(conversation) {
    clearTimeout(this.#typing.get(conversation));
    this.#typing.delete(conversation);
    const row = this.#row(conversation);
    if (!row) return;
    delete row.dataset.typing;
    this.#showAside(row);
  }

  #present({ conversation, here }) {
    const row = this.#row(conversation);
    if (row?.dataset.kind !== "direct") return;
    row.querySelector(".face").classList.toggle("face--live", here.some((id) => id !== this.me));
  }

  /** Typing goes before a draft, a draft before what was said last. */
  #showAside(row) {
    const draft = draftsOf(this.me)[row.dataset.conversation];
    const isOpen = row.dataset.conversation === this.root.dataset.open;
    const line = row.querySelector(".row__preview");
    let aside = row.querySelector(".row__aside");
    const words = row.dataset.typing ?? (draft && !isOpen ? draft : "");
    if (!words) {
      aside?.remove();
      line.hidden = false;
      return;
    }
    if (!aside) {
      aside = document.createElement("span");
      aside.dir = "auto";
      line.after(aside);
    }
    aside.className = `row__preview row__aside ${row.dataset.typing ? "is-typing" : "is-draft"}`;
    aside.replaceChildren(...(row.dataset.typing ? [words] : [mark(gettext("Draft")), bdi(words.replace(/\s+/g, " ").slice(0, 120))]));
    line.hidden = true;
  }

  // --- Keeping in step ------------------------------------------------------------------------------

  #welcomed(heads) {
    if (this.#wasOpen) this.#refreshSoon();
    else this.#compare(heads);
    this.#wasOpen = true;
  }

  #compare(heads = {}) {
    const isBehind = Object.entries(heads).some(([id, head]) => Number(this.#row(id)?.dataset.revision ?? head) < head);
    if (isBehind) setTimeout(() => this.#refreshSoon(), 0);
  }

  #refreshSoon() {
    clearTimeout(this.#refreshTimer);
    if (this.#isSearching) return;
    this.#refreshTimer = setTimeout(() => this.#refresh(), REFRESH_AFTER + Math.random() * REFRESH_AFTER);
  }

  async #refresh() {
    try {
      const page = await request(this.rows.dataset.rows, { headers: { Accept: "text/html", "HX-Request": "true" } });
      if (this.#isSearching) return;
      this.#fill(await page.text());
      this.root.querySelector("[data-waiting]").textContent = Number(page.headers.get("X-Waiting")) || "";
    } catch {
      // The next heartbeat tells again that something is missing.
    }
  }

  #fill(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    this.rows.replaceChildren(template.content);
    globalThis.htmx?.process(this.rows);
    this.#shown();
  }

  /** Beside a conversation the list comes after it, and on wide screens only: first as it last was here. */
  #lazily() {
    if (!("lazy" in this.root.dataset)) return;
    const load = () => {
      if (!WIDE.matches || this.rows.querySelector("[data-rows-list]")) return;
      const last = sessionStorage.getItem(ROWS_KEY + this.me);
      if (last) this.#fill(last);
      this.#refresh();
    };
    this.#hear(WIDE, "change", load);
    load();
  }

  #keepRows() {
    const list = this.rows.querySelector("[data-rows-list]");
    if (!list || this.#isSearching || this.rows.dataset.rows.includes("?")) return;
    try {
      sessionStorage.setItem(ROWS_KEY + this.me, list.outerHTML);
    } catch {
      // It comes from the server all the same.
    }
  }

  #shown() {
    for (const on of this.rows.querySelectorAll(".row.is-on")) on.classList.remove("is-on");
    const open = this.#row(this.root.dataset.open);
    open?.firstElementChild.classList.add("is-on");
    this.#showDrafts();
  }

  #showDrafts() {
    for (const row of this.rows.querySelectorAll("li[data-conversation]")) this.#showAside(row);
  }

  #showTimes() {
    for (const time of this.rows.querySelectorAll("time")) time.textContent = briefly(time.dateTime);
  }

  #keepScroll() {
    this.rows.scrollTop = Number(sessionStorage.getItem(SCROLL_KEY) ?? 0);
    this.#hear(window, "pagehide", () => {
      sessionStorage.setItem(SCROLL_KEY, this.rows.scrollTop);
      this.#keepRows();
    });
  }
}

function bdi(words) {
  const made = document.createElement("bdi");
  made.textContent = words;
  return made;
}

function mark(words) {
  const made = document.createElement("i");
  made.className = "row__mark";
  made.textContent = `${words} `;
  return made;
}

export default function inbox(root) {
  const list = new Inbox(root);
  return () => list.stop();
}
