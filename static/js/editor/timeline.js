// The time line: pieces of film, words and music one under the other, a ruler above, and the playhead across them.

import { makeDraggable, tellSlider } from "./handles.js";
import { clamp, leadOf } from "./recipe.js";
import { stamp } from "./stage.js";
import { Pieces } from "./pieces.js";
import { TextBars } from "./text-bars.js";
import { MusicBar } from "./music-bar.js";

const LEAST_SCALE = 0.012; // pixels a ms
const MOST_SCALE = 0.3;
const ZOOM = 1.6;
const TICKS = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000];
const TICK_WIDTH = 56; // pixels, at least
const MARGIN = 48; // pixels that stay in sight before and behind the playhead

export class Timeline {
  #root;
  #edit;
  #scroll;
  #head;
  #zoom = 1;
  #watch;

  constructor(root, edit, { clips, strips, music, stage }) {
    this.#root = root;
    this.#edit = edit;
    this.#scroll = root.querySelector("[data-scroll]");
    this.#head = root.querySelector("[data-playhead]");
    const shared = { edit, clips, strips, music, stage, scale: () => this.scale };
    this.pieces = new Pieces(root.querySelector("[data-pieces]"), shared);
    this.texts = new TextBars(root.querySelector("[data-text-bars]"), shared);
    this.music = new MusicBar(root.querySelector("[data-music-bar]"), shared);
    this.#bindPlayhead();
    edit.whenever("recipe", () => this.#lay());
    edit.whenever("time", () => this.#showTime());
    for (const button of root.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => this.#zoomBy(ZOOM ** Number(button.dataset.zoom)));
    this.#watch = new ResizeObserver(() => this.#lay());
    this.#watch.observe(this.#scroll);
  }

  stop() {
    this.#watch.disconnect();
  }

  /** Pixels a millisecond: the whole film fits in at first, short ones are not blown up. */
  get scale() {
    const room = this.#scroll.clientWidth - 2 * MARGIN;
    return clamp((room / Math.max(this.#edit.total, 4000)) * this.#zoom, LEAST_SCALE, MOST_SCALE);
  }

  #lay() {
    this.#root.style.setProperty("--scale", this.scale);
    this.#root.style.setProperty("--total", this.#edit.total);
    this.#root.style.setProperty("--lead", leadOf(this.#edit.recipe));
    this.#root.querySelector("[data-lead]").hidden = !leadOf(this.#edit.recipe);
    this.#drawRuler();
    for (const track of [this.pieces, this.texts, this.music]) track.draw();
    this.#showTime();
  }

  #drawRuler() {
    const every = TICKS.find((tick) => tick * this.scale >= TICK_WIDTH) ?? TICKS.at(-1);
    const count = Math.floor(this.#edit.total / every) + 1;
    const ticks = Array.from({ length: count }, (_, place) => tickAt(place * every));
    this.#root.querySelector("[data-ruler]").replaceChildren(...ticks);
  }

  #zoomBy(factor) {
    this.#zoom = clamp(this.#zoom * factor, 1, 32);
    this.#lay();
    this.#keepInSight(true);
  }

  #bindPlayhead() {
    let began = 0;
    const go = (time) => this.#edit.goTo(time);
    makeDraggable(this.#head, {
      scale: () => this.scale,
      begin: () => (began = this.#edit.time),
      moveBy: (ms) => go(began + ms),
      nudge: (ms) => go(this.#edit.time + ms),
      keys: { Home: () => go(0), End: () => go(this.#edit.total) },
    });
    this.#root.querySelector("[data-ruler]").addEventListener("pointerdown", (event) => {
      const ruler = event.currentTarget;
      const time = () => (event.clientX - ruler.getBoundingClientRect().left) / this.scale;
      go(time());
    });
  }

  #showTime() {
    const { time, total } = this.#edit;
    this.#root.style.setProperty("--time", time);
    tellSlider(this.#head, { max: total, now: time, words: interpolate(gettext("%s of %s"), [stamp(time), stamp(total)]) });
    this.#keepInSight(false);
  }

  #keepInSight(isCentred) {
    const at = this.#edit.time * this.scale + MARGIN;
    const { scrollLeft, clientWidth } = this.#scroll;
    const isSeen = at > scrollLeft + MARGIN && at < scrollLeft + clientWidth - MARGIN;
    if (isCentred || (!isSeen && this.#scroll.scrollWidth > clientWidth)) this.#scroll.scrollLeft = at - clientWidth / 2;
  }
}

function tickAt(ms) {
  const tick = document.createElement("span");
  tick.className = "timeline__tick";
  tick.style.setProperty("--at", ms);
  const seconds = ms / 1000;
  tick.textContent = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return tick;
}
