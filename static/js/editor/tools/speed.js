// How fast the chosen piece plays, or all of them.

import { changed, placeAt } from "../recipe.js";

export class SpeedPanel {
  #root;
  #edit;

  constructor(root, { edit }) {
    this.#root = root;
    this.#edit = edit;
    root.querySelector("[data-speeds]").addEventListener("change", ({ target }) => this.#set(Number(target.value)));
    edit.whenever("recipe chosen time", () => this.draw());
  }

  get #index() {
    const { chosen, recipe, time } = this.#edit;
    return chosen?.kind === "segment" ? chosen.index : placeAt(recipe, time)?.index;
  }

  draw() {
    const speed = this.#edit.recipe.segments[this.#index]?.speed;
    for (const radio of this.#root.querySelectorAll("[name=speed]")) {
      radio.checked = Number(radio.value) === speed;
      radio.disabled = speed === undefined;
    }
  }

  #set(speed) {
    const { recipe } = this.#edit;
    const isForAll = this.#root.querySelector("[data-all-clips]").checked;
    if (isForAll) this.#edit.change({ ...recipe, segments: recipe.segments.map((segment) => ({ ...segment, speed })) });
    else this.#edit.change(changed(recipe, this.#index, { speed }));
  }
}
