// The list that "@" opens where one writes: members to be named, found by name, chosen by key or finger.

import { faceOf } from "../lib/face.js";
import { getJSON } from "../lib/http.js";
import { ALL } from "./mentions.js";

const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}._]{0,30})$/u;
const SHOWN = 8;
const AFTER = 180;
let lists = 0;

/** Binds a textarea of a group; `stop()` unbinds it. */
export class MentionPicker {
  #words;
  #talk;
  #list;
  #found = [];
  #place = 0;
  #timer = 0;
  #asked = null;
  /** By id, as far as the server has told; null before. */
  #friends = null;

  constructor(words, talk) {
    this.#words = words;
    this.#talk = talk;
    if (!words) return;
    this.#list = listElement();
    words.closest("form").prepend(this.#list);
    words.setAttribute("aria-controls", this.#list.id);
    words.setAttribute("aria-autocomplete", "list");
    words.addEventListener("input", this.#look);
    words.addEventListener("click", this.#look);
    words.addEventListener("blur", this.#leave);
    // Before whoever sends at Enter.
    words.addEventListener("keydown", this.#key, true);
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => this.#choose(target.closest("[role=option]")));
  }

  stop = () => {
    clearTimeout(this.#timer);
    this.#list?.remove();
    for (const type of ["input", "click"]) this.#words?.removeEventListener(type, this.#look);
    this.#words?.removeEventListener("blur", this.#leave);
    this.#words?.removeEventListener("keydown", this.#key, true);
  };

  get #begun() {
    const { selectionStart, selectionEnd, value } = this.#words;
    return selectionStart === selectionEnd ? value.slice(0, selectionStart).match(BEGUN)?.[1] : undefined;
  }

  #look = () => {
    const begun = this.#begun;
    if (begun === undefined) return this.#hide();
    clearTimeout(this.#timer);
    // Who is a friend, the page does not know.
    if (!this.#friends) return this.#ask(begun);
    this.#show(this.#matching(begun));
    if (this.#found.length < SHOWN) this.#timer = setTimeout(() => this.#ask(begun), AFTER);
  };

  #leave = () => this.#hide();

  /** Those who are known here: friends first, then who spoke last. As chat/picking.py says for the whole group. */
  #matching(begun) {
    const wanted = begun.toLowerCase();
    const begins = (text) => text.toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted));
    const spoke = [...this.#talk.root.querySelectorAll("[data-list] .message")].map((item) => item.dataset.author).reverse();
    const rank = ({ id }) => (this.#friends?.has(id) ? 0 : spoke.length + 1) + (spoke.includes(id) ? spoke.indexOf(id) : spoke.length);
    const people = this.#talk.people.all.filter(
      (card) => this.#isHere(card) && (begins(card.username) || begins(card.name)),
    );
    const found = people.sort((one, other) => rank(one) - rank(other)).slice(0, SHOWN);
    const everybody = this.#talk.may_mention_all && ALL.startsWith(wanted);
    return everybody ? [...found, { id: ALL, username: ALL, name: gettext("Everybody in this group") }] : found;
  }

  #isHere({ id, username, state }) {
    return username && id !== this.#talk.me && !this.#talk.blocked.has(id) && state !== "ended";
  }

  /** A large group has more members than the page knows. */
  async #ask(begun) {
    if (this.#asked === begun) return;
    this.#asked = begun;
    try {
      const { results } = await getJSON(`/api/v1/conversations/${this.#talk.id}/mentionable/?search=${encodeURIComponent(begun)}`);
      this.#talk.people.add(results);
      this.#friends = new Set([...(this.#friends ?? []), ...results.filter((card) => card.is_friend).map(({ id }) => id)]);
    } catch {
      // Those who are known here have to do.
      this.#friends ??= new Set();
    }
    if (this.#begun !== undefined) this.#show(this.#matching(this.#begun));
  }

  #show(found) {
    this.#found = found;
    this.#place = 0;
    this.#list.hidden = !found.length;
    this.#list.replaceChildren(...found.map((card, place) => optionOf(card, `${this.#list.id}-${place}`)));
    this.#mark();
  }

  #hide() {
    clearTimeout(this.#timer);
    this.#found = [];
    this.#list.hidden = true;
    this.#words.removeAttribute("aria-activedescendant");
  }

  #mark() {
    const options = [...this.#list.children];
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.#place)));
    const chosen = options[this.#place];
    if (!chosen) return;
    this.#words.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  #key = (event) => {
    if (!this.#found.length || event.isComposing) return;
    const count = this.#found.length;
    const acts = {
      ArrowDown: () => this.#move((this.#place + 1) % count),
      ArrowUp: () => this.#move((this.#place + count - 1) % count),
      Enter: () => this.#choose(this.#list.children[this.#place]),
      Tab: () => this.#choose(this.#list.children[this.#place]),
      Escape: () => this.#hide(),
    };
    if (!acts[event.key] || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    acts[event.key]();
  };

  #move(place) {
    this.#place = place;
    this.#mark();
  }

  #choose(option) {
    const card = this.#found[[...this.#list.children].indexOf(option)];
    const begun = this.#begun;
    if (!card || begun === undefined) return;
    const end = this.#words.selectionStart;
    this.#hide();
    this.#words.setRangeText(`@${card.username} `, end - begun.length - 1, end, "end");
    this.#words.dispatchEvent(new Event("input", { bubbles: true }));
    this.#words.focus();
  }
}

function listElement() {
  const list = document.createElement("ul");
  lists += 1;
  Object.assign(list, { id: `mention-list-${lists}`, className: "mention-list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", gettext("Members to mention"));
  return list;
}

function optionOf(card, id) {
  const option = document.createElement("li");
  Object.assign(option, { id, className: "mention-list__one" });
  option.setAttribute("role", "option");
  const name = document.createElement("b");
  name.dir = "auto";
  name.textContent = card.name;
  const username = document.createElement("span");
  username.textContent = `@${card.username}`;
  option.append(faceOf(card.id === ALL ? { initials: "@", hue: 8 } : card, "s"), name, username);
  return option;
}
