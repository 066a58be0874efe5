// One look for the whole film, each shown on the picture under the playhead.

import { paintCovering } from "../filmstrips.js";
import { placeAt, sourceTime } from "../recipe.js";

export class FilterPanel {
  #root;
  #studio;

  constructor(root, studio) {
    this.#root = root;
    this.#studio = studio;
    root.addEventListener("change", ({ target }) => studio.edit.change({ ...studio.edit.recipe, filter: target.value }));
    studio.edit.whenever("recipe", () => this.draw());
    studio.strips.addEventListener("picture", () => this.draw());
  }

  draw() {
    if (this.#root.hidden) return;
    const { edit, strips, looks } = this.#studio;
    const place = placeAt(edit.recipe, edit.time);
    const picture = place && strips.at(place.segment.clip, sourceTime(place, edit.time));
    for (const look of this.#root.querySelectorAll(".look")) {
      const [radio, canvas] = look.querySelectorAll("input, canvas");
      radio.checked = radio.value === edit.recipe.filter;
      canvas.style.filter = looks[radio.value];
      if (picture) paintCovering(canvas.getContext("2d"), picture, 0, canvas.width, canvas.height);
    }
  }
}
