// One film being edited: its recipe with undo and redo, what is chosen, and where the playhead stands.

import { clamp, EMPTY, tidied, total } from "./recipe.js";

const REMEMBERED = 100; // steps back
const ONE_GESTURE = 700; // ms between two changes that are undone as one

/**
 * Tells `recipe` when it changed (and `saveable` when a person did it), `chosen` when something else is chosen, `time` when the playhead moved.
 * `chosen` is null or `{ kind: "segment" | "text" | "music", index }`.
 */
export class Edit extends EventTarget {
  chosen = null;
  #recipe = EMPTY;
  #time = 0;
  #past = [];
  #future = [];
  #gesture = null;

  get recipe() {
    return this.#recipe;
  }

  get total() {
    return total(this.#recipe);
  }

  get time() {
    return this.#time;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Take what is stored: no step that could be undone. */
  open(recipe) {
    this.#past = [];
    this.#future = [];
    this.#become(recipe);
  }

  /** A change by the person. Those of one `gesture` (a drag, a slider) that come at once are one step. */
  change(recipe, gesture = "") {
    if (recipe === this.#recipe) return;
    if (!this.#goesOn(gesture)) this.#past = [...this.#past, this.#recipe].slice(-REMEMBERED);
    this.#future = [];
    this.#gesture = { name: gesture, at: performance.now() };
    this.#become(tidied(recipe));
    this.#tell("saveable");
  }

  #goesOn(gesture) {
    return gesture && this.#gesture?.name === gesture && performance.now() - this.#gesture.at < ONE_GESTURE;
  }

  undo() {
    this.#step(this.#past, this.#future);
  }

  redo() {
    this.#step(this.#future, this.#past);
  }

  #step(from, to) {
    if (!from.length) return;
    to.push(this.#recipe);
    this.#gesture = null;
    this.#become(from.pop());
    this.#tell("saveable");
  }

  #become(recipe) {
    this.#recipe = recipe;
    if (!this.#stillThere(this.chosen)) this.choose(null);
    this.#tell("recipe");
    if (this.#time > this.total) this.goTo(this.total);
  }

  #stillThere(chosen) {
    if (!chosen) return true;
    if (chosen.kind === "music") return Boolean(this.#recipe.music);
    return chosen.index < this.#recipe[`${chosen.kind}s`].length;
  }

  choose(kind, index = 0) {
    const next = kind && { kind, index };
    if (next?.kind === this.chosen?.kind && next?.index === this.chosen?.index) return;
    this.chosen = next;
    this.#tell("chosen");
  }

  isChosen(kind, index = 0) {
    return this.chosen?.kind === kind && this.chosen.index === index;
  }

  /** Put the playhead to `time` ms of the finished film; `by` says who moved it (the player goes on by itself). */
  goTo(time, by = "hand") {
    this.#time = clamp(time, 0, this.total);
    this.#tell("time", by);
  }

  /** Call `handler` now and whenever one of these is told. */
  whenever(types, handler, { signal } = {}) {
    for (const type of types.split(" ")) this.addEventListener(type, handler, { signal });
    handler();
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
