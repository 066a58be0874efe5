// When each text is seen: a bar on the time line, moved as a whole or pulled at its ends.

import { makeDraggable, tellSlider } from "./handles.js";
import { changedText, clamp } from "./recipe.js";
import { stamp } from "./stage.js";

const SHORTEST = 200; // ms

export class TextBars {
  #list;
  #edit;
  #scale;
  #began;

  constructor(list, { edit, scale }) {
    this.#list = list;
    this.#edit = edit;
    this.#scale = scale;
    edit.addEventListener("chosen", () => this.draw());
  }

  draw() {
    const { texts } = this.#edit.recipe;
    this.#list.hidden = !texts.length;
    while (this.#list.children.length > texts.length) this.#list.lastElementChild.remove();
    const rows = rowsOf(texts);
    this.#list.style.setProperty("--rows", Math.max(0, ...rows) + 1);
    texts.forEach((text, index) => this.#fill(this.#list.children[index] ?? this.#add(), text, index, rows[index]));
  }

  #fill(made, text, index, row) {
    made.style.setProperty("--at", text.from_ms);
    made.style.setProperty("--long", text.to_ms - text.from_ms);
    made.style.setProperty("--row", row);
    made.classList.toggle("is-chosen", this.#edit.isChosen("text", index));
    const [body, start, end] = made.querySelectorAll("[data-part]");
    body.querySelector("span").textContent = text.text || gettext("Text");
    const { total } = this.#edit;
    tellSlider(body, { max: total, now: text.from_ms, words: interpolate(gettext("“%s” from %s to %s"), [text.text, stamp(text.from_ms), stamp(text.to_ms)]) });
    tellSlider(start, { max: text.to_ms, now: text.from_ms, words: stamp(text.from_ms) });
    tellSlider(end, { min: text.from_ms, max: total, now: text.to_ms, words: stamp(text.to_ms) });
  }

  #add() {
    const made = document.querySelector("template[data-text-bar]").content.firstElementChild.cloneNode(true);
    this.#list.append(made);
    const index = () => [...this.#list.children].indexOf(made);
    for (const part of made.querySelectorAll("[data-part]")) this.#bind(part, part.dataset.part, index);
    return made;
  }

  #bind(part, name, index) {
    const text = () => this.#edit.recipe.texts[index()];
    const put = (began, ms) => this.#change(index(), this.#pulled(name, began, ms));
    part.addEventListener("focus", () => this.#edit.choose("text", index()));
    makeDraggable(part, {
      scale: this.#scale,
      begin: () => {
        this.#began = text();
        this.#edit.choose("text", index());
      },
      moveBy: (ms) => put(this.#began, ms),
      nudge: (ms) => put(text(), ms),
    });
  }

  #pulled(name, { from_ms, to_ms }, ms) {
    const { total } = this.#edit;
    const by = Math.round(ms);
    if (name === "from") return { from_ms: clamp(from_ms + by, 0, to_ms - SHORTEST) };
    if (name === "to") return { to_ms: clamp(to_ms + by, from_ms + SHORTEST, total) };
    const moved = clamp(by, -from_ms, total - to_ms);
    return { from_ms: from_ms + moved, to_ms: to_ms + moved };
  }

  #change(index, values) {
    this.#edit.change(changedText(this.#edit.recipe, index, values), `time-${index}`);
  }
}

/** Texts that overlap stand in rows of their own. */
function rowsOf(texts) {
  const ends = [];
  return texts.map(({ from_ms, to_ms }) => {
    const free = ends.findIndex((end) => end <= from_ms);
    const row = free < 0 ? ends.length : free;
    ends[row] = to_ms;
    return row;
  });
}
