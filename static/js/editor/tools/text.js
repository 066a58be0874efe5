// Words on the film: written, dressed, and given their time.

import { changedText, clamp, MOST_TEXTS, withoutText, withText } from "../recipe.js";

const USUAL = { x: 0.5, y: 0.4, size: 0.06, colour: "#ffffff", style: "plain" };
const USUAL_TIME = 3000; // ms
const SHORTEST = 200; // ms

export class TextPanel {
  #root;
  #edit;
  #form;
  #words;

  constructor(root, { edit, stage }) {
    this.#root = root;
    this.#edit = edit;
    this.#form = root.querySelector("[data-text-form]");
    this.#words = root.querySelector("[data-text-words]");
    for (const dot of root.querySelectorAll("[data-paint]")) dot.style.setProperty("--paint", dot.dataset.paint);
    root.addEventListener("click", (event) => this.#press(event, stage));
    this.#words.addEventListener("input", () => this.#set({ text: this.#words.value }));
    root.querySelector("[data-text-size]").addEventListener("input", ({ target }) => this.#set({ size: Number(target.value) }));
    root.addEventListener("change", ({ target }) => target.type === "radio" && this.#set({ [target.name]: target.value }));
    edit.whenever("recipe chosen", () => this.draw());
  }

  get #index() {
    return this.#edit.chosen?.kind === "text" ? this.#edit.chosen.index : -1;
  }

  draw() {
    const text = this.#edit.recipe.texts[this.#index];
    this.#form.hidden = !text;
    this.#root.querySelector("[data-no-text]").hidden = Boolean(text);
    for (const button of this.#root.querySelectorAll("[data-add-text]")) button.disabled = !this.#edit.total || this.#edit.recipe.texts.length >= MOST_TEXTS;
    if (!text) return;
    if (this.#words.value !== text.text) this.#words.value = text.text;
    this.#root.querySelector("[data-text-size]").value = text.size;
    for (const radio of this.#form.querySelectorAll("[type=radio]")) radio.checked = radio.value === text[radio.name];
  }

  #press({ target }, stage) {
    if (target.closest("[data-add-text]")) return this.#add(stage);
    const wish = target.closest("[data-text-do]")?.dataset.textDo;
    const { time, total, recipe } = this.#edit;
    const { from_ms, to_ms } = recipe.texts[this.#index] ?? {};
    if (wish === "from") this.#set({ from_ms: Math.round(clamp(time, 0, to_ms - SHORTEST)) });
    if (wish === "to") this.#set({ to_ms: Math.round(clamp(time, from_ms + SHORTEST, total)) });
    if (wish === "whole") this.#set({ from_ms: 0, to_ms: total });
    if (wish === "remove") this.#edit.change(withoutText(recipe, this.#index));
  }

  /** It begins where the playhead stands, or as late as it can be read. */
  #add(stage) {
    stage.pause();
    const { time, total, recipe } = this.#edit;
    const from = Math.round(clamp(time, 0, Math.max(0, total - 1000)));
    const text = { ...USUAL, text: gettext("Your words"), from_ms: from, to_ms: Math.round(Math.min(total, from + USUAL_TIME)) };
    this.#edit.change(withText(recipe, text));
    this.#edit.choose("text", this.#edit.recipe.texts.length - 1);
    this.#words.focus();
    this.#words.select();
  }

  #set(values) {
    if (this.#index >= 0) this.#edit.change(changedText(this.#edit.recipe, this.#index, values), `text-${Object.keys(values)}`);
  }
}
