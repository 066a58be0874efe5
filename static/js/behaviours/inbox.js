// The list of conversations: rows change, move up and light up as things are said, here and on other devices.

import { deleteJSON, patchJSON, putJSON } from "../lib/http.js";
import { shareDrafts } from "../lib/drafts.js";
import { live } from "../lib/live.js";
import { toast } from "../lib/toast.js";
import { Asides } from "../inbox/asides.js";
import { RowMenu } from "../inbox/menu.js";
import { isOn, looksUnread, part, read, take } from "../inbox/row.js";
import { Rows } from "../inbox/rows.js";
import { swipes } from "../inbox/swipe.js";
import { People } from "../talk/people.js";

const LATE = 1500;
const REFRESH_AFTER = 400;
const MINUTE = 60_000;
const WIDE = matchMedia("(min-width: 900px)");

class Inbox {
  #stops = [];
  #people = new Map();
  #refreshTimer = 0;
  #wasOpen = false;

  constructor(root) {
    this.root = root;
    this.me = root.dataset.me;
    this.rows = new Rows(root, () => this.#shown());
    this.asides = new Asides(this.rows, this.me, root.dataset.open);
    this.menu = new RowMenu(root.querySelector("[data-row-menu]"), this.rows.element, {
      keep: (row, settings) => this.#keep(row, settings),
      file: (row, folder, isInside) => this.#file(row, folder, isInside),
    });
    this.#listen();
    this.#lazily();
    this.rows.restoreScroll();
    this.#shown();
    shareDrafts(this.me);
    live.start();
  }

  stop() {
    clearTimeout(this.#refreshTimer);
    this.rows.stop();
    this.menu.stop();
    this.#stops.forEach((stop) => stop());
  }

  #listen() {
    this.#stops.push(
      live.on("events", (frame) => this.#events(frame)),
      live.on("typing", (hint) => this.#typed(hint)),
      live.on("presence", (hint) => this.#present(hint)),
      live.on("read", (hint) => hint.user === this.me && this.#read(hint)),
      live.on("inbox.changed", () => this.#refreshSoon()),
      live.on("welcome", ({ heads }) => this.#welcomed(heads)),
      live.on("heartbeat", ({ heads }) => this.#compare(heads)),
      swipes(this.rows.element, {
        toStart: (row) => this.#keep(row, { archived: !isOn(row, "archived") }),
        toEnd: (row) => this.#keep(row, { unread: !looksUnread(row) }),
      }),
    );
    this.#hear(document, "medley:read", ({ detail }) => this.#read(detail));
    this.#hear(document, "medley:draft", () => this.asides.show());
    this.#hear(window, "storage", () => this.asides.show());
    this.#hear(window, "pagehide", () => this.rows.keep(this.me));
    const clock = setInterval(() => this.rows.showTimes(), MINUTE);
    this.#stops.push(() => clearInterval(clock));
  }

  #hear(target, type, handler) {
    target.addEventListener(type, handler);
    this.#stops.push(() => target.removeEventListener(type, handler));
  }

  // --- Events ---------------------------------------------------------------------------------------

  async #events({ conversation, events, head }) {
    const row = this.rows.get(conversation);
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
    this.asides.stopped(row.dataset.conversation);
    const speaker = await this.#speaker(row, message);
    if (take(row, message, { me: this.me, speaker })) this.rows.toTop(row);
  }

  async #speaker(row, message) {
    if (message.notice) return "";
    if (message.author === this.me) return gettext("You");
    return row.dataset.kind === "direct" ? "" : this.#firstName(row, message.author);
  }

  async #firstName(row, id) {
    const { conversation, names } = row.dataset;
    const nickname = names && JSON.parse(names)[id];
    if (nickname) return nickname.split(" ")[0];
    if (!this.#people.has(conversation)) this.#people.set(conversation, new People(conversation));
    const people = this.#people.get(conversation);
    await people.learn([id]);
    return people.get(id).name.split(" ")[0];
  }

  #read({ conversation, seq }) {
    const row = this.rows.get(conversation);
    if (row) read(row, seq);
  }

  // --- Hints ----------------------------------------------------------------------------------------

  async #typed({ conversation, user }) {
    const row = this.rows.get(conversation);
    if (!row || user === this.me) return;
    if (row.dataset.kind === "direct") return this.asides.typed(row, gettext("typing…"));
    this.asides.typed(row, interpolate(gettext("%s is typing…"), [await this.#firstName(row, user)]));
  }

  #present({ conversation, here }) {
    const row = this.rows.get(conversation);
    if (row?.dataset.kind !== "direct") return;
    row.querySelector(".face").classList.toggle("face--live", here.some((id) => id !== this.me));
  }

  // --- What the person decides ------------------------------------------------------------------------

  async #keep(row, settings) {
    await this.#attempt(() => patchJSON(`/api/v1/conversations/${row.dataset.conversation}/settings/`, settings));
    if (settings.archived) {
      toast(gettext("Archived"), { href: "/inbox/?show=archive", label: gettext("Open") });
    }
  }

  #file(row, folder, isInside) {
    const url = `/api/v1/folders/${folder}/conversations/${row.dataset.conversation}/`;
    return this.#attempt(() => (isInside ? putJSON(url) : deleteJSON(url)));
  }

  async #attempt(verb) {
    try {
      await verb();
    } catch (error) {
      return toast(error.message, { isBad: true });
    }
    document.dispatchEvent(new CustomEvent("medley:list"));
    await this.#refresh();
  }

  // --- Keeping in step ------------------------------------------------------------------------------

  #welcomed(heads) {
    // What one decides on another device has no number: after a slow beginning the list is asked again.
    if (this.#wasOpen || performance.now() > LATE) this.#refreshSoon();
    else this.#compare(heads);
    this.#wasOpen = true;
  }

  #compare(heads = {}) {
    const isBehind = Object.entries(heads).some(([id, head]) => Number(this.rows.get(id)?.dataset.revision ?? head) < head);
    if (isBehind) setTimeout(() => this.#refreshSoon(), 0);
  }

  #refreshSoon() {
    clearTimeout(this.#refreshTimer);
    if (this.rows.isSearching) return;
    this.#refreshTimer = setTimeout(() => this.#refresh(), REFRESH_AFTER + Math.random() * REFRESH_AFTER);
  }

  async #refresh() {
    try {
      await this.rows.refresh();
    } catch {
      // The next heartbeat tells again that something is missing.
    }
  }

  /** Beside a conversation the list comes after it, and on wide screens only: first as it last was here. */
  #lazily() {
    if (!("lazy" in this.root.dataset)) return;
    const load = () => {
      if (!WIDE.matches || this.rows.areThere) return;
      this.rows.restore(this.me);
      this.#refresh();
    };
    this.#hear(WIDE, "change", load);
    load();
  }

  #shown() {
    for (const on of this.rows.element.querySelectorAll(".row.is-on")) on.classList.remove("is-on");
    this.rows.get(this.root.dataset.open)?.querySelector(".row").classList.add("is-on");
    this.asides.show();
  }
}

export default function inbox(root) {
  const list = new Inbox(root);
  return () => list.stop();
}
