// "@" and "#" in a caption open a list of people and topics, chosen by key or finger.

import { faceOf } from "../lib/face.js";
import { getJSON } from "../lib/http.js";

const BEGUN = /(?:^|[\s(])([@#])([\p{L}\p{N}._]{1,30})$/u;
const SHOWN = 6;
const CALM = 180; // ms after the last key

export class CaptionNames {
  #words;
  #list;
  #found = [];
  #place = 0;
  #timer = 0;
  #asked = 0;

  constructor(words) {
    this.#words = words;
    this.#list = listElement();
    words.after(this.#list);
    words.setAttribute("aria-controls", this.#list.id);
    words.setAttribute("aria-autocomplete", "list");
    for (const type of ["input", "click"]) words.addEventListener(type, () => this.#look());
    words.addEventListener("blur", () => this.#hide());
    words.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => this.#choose(target.closest("[role=option]")));
  }

  get #begun() {
    const { selectionStart, selectionEnd, value } = this.#words;
    if (selectionStart !== selectionEnd) return null;
    const [, sign, text] = value.slice(0, selectionStart).match(BEGUN) ?? [];
    return sign ? { sign, text } : null;
  }

  #look() {
    clearTimeout(this.#timer);
    const begun = this.#begun;
    if (!begun) return this.#hide();
    this.#timer = setTimeout(() => this.#ask(begun), CALM);
  }

  async #ask({ sign, text }) {
    const turn = (this.#asked += 1);
    const tab = sign === "@" ? "people" : "topics";
    try {
      const found = await getJSON(`/api/v1/search/?tab=${tab}&q=${encodeURIComponent(sign + text)}`);
      if (turn === this.#asked) this.#show(sign, found[tab].slice(0, SHOWN));
    } catch {
      this.#hide();
    }
  }

  #show(sign, found) {
    this.#found = found.map((each) => ({ sign, name: each.username ?? each.name, card: each.username && each }));
    this.#place = 0;
    this.#list.hidden = !found.length;
    this.#list.replaceChildren(...this.#found.map((each, place) => optionOf(each, `${this.#list.id}-${place}`)));
    this.#mark();
  }

  #hide() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#found = [];
    this.#list.hidden = true;
    this.#words.removeAttribute("aria-activedescendant");
  }

  #mark() {
    const options = [...this.#list.children];
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.#place)));
    if (options[this.#place]) this.#words.setAttribute("aria-activedescendant", options[this.#place].id);
  }

  #key(event) {
    const count = this.#found.length;
    if (!count || event.isComposing || event.shiftKey) return;
    const to = (place) => () => {
      this.#place = place;
      this.#mark();
    };
    const choose = () => this.#choose(this.#list.children[this.#place]);
    const acts = {
      ArrowDown: to((this.#place + 1) % count),
      ArrowUp: to((this.#place + count - 1) % count),
      Enter: choose,
      Tab: choose,
      Escape: () => this.#hide(),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }

  #choose(option) {
    const chosen = this.#found[[...this.#list.children].indexOf(option)];
    const begun = this.#begun;
    if (!chosen || !begun) return;
    const end = this.#words.selectionStart;
    this.#hide();
    this.#words.setRangeText(`${chosen.sign}${chosen.name} `, end - begun.text.length - 1, end, "end");
    this.#words.dispatchEvent(new Event("input", { bubbles: true }));
    this.#words.focus();
  }
}

function listElement() {
  const list = document.createElement("ul");
  Object.assign(list, { id: "caption-names", className: "names", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", gettext("People and topics"));
  return list;
}

function optionOf({ sign, name, card }, id) {
  const option = document.createElement("li");
  Object.assign(option, { id, className: "names__one" });
  option.setAttribute("role", "option");
  const label = document.createElement("b");
  label.textContent = `${sign}${name}`;
  if (card) option.append(faceOf(card, "xs"), label, " ", card.name);
  else option.append(label);
  return option;
}
