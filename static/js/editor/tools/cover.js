// The picture that stands for the film in grids and cards, chosen along the whole of it.

import { paintCovering, paintStrip } from "../filmstrips.js";
import { makeDraggable, tellSlider } from "../handles.js";
import { clamp, placeAt, sourceTime } from "../recipe.js";
import { stamp } from "../stage.js";

export class CoverPanel {
  #root;
  #studio;
  #line;
  #frame;
  #began = 0;

  constructor(root, studio) {
    this.#root = root;
    this.#studio = studio;
    this.#line = root.querySelector(".cover__line");
    this.#frame = root.querySelector("[data-cover-frame]");
    const { edit } = studio;
    root.querySelector("[data-cover-auto]").addEventListener("change", ({ target }) => this.#choose(target.checked ? null : edit.time));
    makeDraggable(this.#frame, {
      scale: () => this.#line.clientWidth / Math.max(1, edit.total),
      begin: () => (this.#began = this.#at),
      moveBy: (ms) => this.#choose(this.#began + ms),
      nudge: (ms) => this.#choose(this.#at + ms),
      keys: { Home: () => this.#choose(0), End: () => this.#choose(edit.total) },
    });
    this.#line.addEventListener("pointerdown", (event) => this.#pressLine(event));
    edit.whenever("recipe", () => this.draw());
    studio.strips.addEventListener("picture", () => this.draw());
  }

  /** Where the frame stands: what we choose by ourselves lies a third in. */
  get #at() {
    const { recipe, total } = this.#studio.edit;
    return recipe.cover_ms ?? Math.round(total / 3);
  }

  #choose(ms) {
    const { edit, stage } = this.#studio;
    stage.pause();
    const cover_ms = ms === null ? null : Math.round(clamp(ms, 0, Math.max(0, edit.total - 1)));
    edit.change({ ...edit.recipe, cover_ms }, "cover");
    if (cover_ms !== null) edit.goTo(cover_ms);
  }

  #pressLine(event) {
    const box = this.#line.getBoundingClientRect();
    this.#choose(((event.clientX - box.left) / box.width) * this.#studio.edit.total);
  }

  draw() {
    if (this.#root.hidden) return;
    const { edit } = this.#studio;
    this.#root.querySelector("[data-cover-auto]").checked = edit.recipe.cover_ms === null;
    this.#frame.style.setProperty("--part", edit.total ? this.#at / edit.total : 0);
    this.#frame.classList.toggle("is-auto", edit.recipe.cover_ms === null);
    tellSlider(this.#frame, { max: edit.total, now: this.#at, words: stamp(this.#at) });
    this.#paint();
  }

  #paint() {
    const { edit, strips } = this.#studio;
    const whole = this.#line.querySelector("canvas");
    const pictureAt = (time) => {
      const place = placeAt(edit.recipe, time);
      return place && strips.at(place.segment.clip, sourceTime(place, time));
    };
    const along = { at: (_, time) => pictureAt(time) };
    paintStrip(whole, along, null, (part) => part * edit.total);
    const small = this.#frame.querySelector("canvas");
    Object.assign(small, { width: small.clientWidth * 2, height: small.clientHeight * 2 });
    const picture = pictureAt(this.#at);
    if (picture) paintCovering(small.getContext("2d"), picture, 0, small.width, small.height);
  }
}
