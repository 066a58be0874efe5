// The pieces of film on the time line: chosen, trimmed at both ends, put in another order.

import { paintStrip } from "./filmstrips.js";
import { makeDraggable, tellSlider } from "./handles.js";
import { changed, moved, placed, trimmed } from "./recipe.js";
import { nameOf, stamp } from "./stage.js";

const FAR = 6; // pixels before a press becomes a drag
const HOLD = 350; // ms before a finger takes a piece up instead of scrolling

export class Pieces {
  #list;
  #edit;
  #clips;
  #strips;
  #scale;
  #stage;
  #began = null;
  #painting = 0;

  constructor(list, { edit, clips, strips, stage, scale }) {
    this.#list = list;
    this.#edit = edit;
    this.#clips = clips;
    this.#strips = strips;
    this.#stage = stage;
    this.#scale = scale;
    edit.addEventListener("chosen", () => this.draw());
    clips.addEventListener("change", () => this.draw());
    strips.addEventListener("picture", () => this.#paintSoon());
  }

  draw() {
    const places = placed(this.#edit.recipe);
    while (this.#list.children.length > places.length) this.#list.lastElementChild.remove();
    for (const place of places) this.#fill(this.#list.children[place.index] ?? this.#add(), place);
    this.#paintSoon();
  }

  #fill(made, { segment, index, from, to }) {
    const clip = this.#clips.get(segment.clip);
    const isChosen = this.#edit.isChosen("segment", index);
    made.style.setProperty("--at", from);
    made.style.setProperty("--long", to - from);
    made.classList.toggle("is-chosen", isChosen);
    made.classList.toggle("is-blind", !clip?.url);
    const body = made.querySelector("[data-choose]");
    body.setAttribute("aria-pressed", String(isChosen));
    body.setAttribute("aria-label", nameOf(this.#edit.recipe, index));
    made.querySelector("[data-speed]").textContent = segment.speed === 1 ? "" : `${segment.speed}×`;
    made.querySelector("[data-state]").textContent = clip?.progressWords ?? "";
    const most = clip?.duration_ms ?? segment.out_ms;
    const [start, end] = made.querySelectorAll("[data-trim]");
    tellSlider(start, { max: segment.out_ms, now: segment.in_ms, words: stamp(segment.in_ms) });
    tellSlider(end, { min: segment.in_ms, max: most, now: segment.out_ms, words: stamp(segment.out_ms) });
  }

  #add() {
    const made = document.querySelector("template[data-piece]").content.firstElementChild.cloneNode(true);
    this.#list.append(made);
    const index = () => [...this.#list.children].indexOf(made);
    const body = made.querySelector("[data-choose]");
    body.addEventListener("click", () => this.#choose(index()));
    this.#bindOrder(made, body, index);
    for (const handle of made.querySelectorAll("[data-trim]")) this.#bindTrim(handle, index);
    return made;
  }

  #choose(index) {
    this.#edit.choose("segment", index);
    const { from, to } = placed(this.#edit.recipe)[index];
    if (this.#edit.time < from || this.#edit.time >= to) this.#edit.goTo(from);
  }

  /** While an end is pulled, the stage shows the picture at which the cut will be. */
  #bindTrim(handle, index) {
    const side = handle.dataset.trim;
    const put = (value) => {
      const place = index();
      const { segment } = placed(this.#edit.recipe)[place];
      const most = this.#clips.get(segment.clip)?.duration_ms ?? segment.out_ms;
      this.#edit.change(trimmed(this.#edit.recipe, place, { [side]: value }, most), `trim-${side}-${place}`);
      const { from, to } = placed(this.#edit.recipe)[place];
      this.#edit.goTo(side === "in_ms" ? from : to - 1);
    };
    const value = () => this.#edit.recipe.segments[index()][side];
    makeDraggable(handle, {
      scale: this.#scale,
      begin: () => {
        this.#stage.pause();
        this.#began = { value: value(), speed: this.#edit.recipe.segments[index()].speed };
        this.#edit.choose("segment", index());
      },
      moveBy: (ms) => put(this.#began.value + ms * this.#began.speed),
      nudge: (ms) => put(value() + ms),
    });
  }

  #bindOrder(made, body, index) {
    let from = null;
    let timer = 0;
    let isUp = false;
    const takeUp = () => {
      isUp = true;
      this.#stage.pause();
      made.classList.add("is-dragged");
    };
    const letGo = () => {
      clearTimeout(timer);
      made.classList.remove("is-dragged");
      made.style.removeProperty("--pulled");
      [from, isUp] = [null, false];
    };
    body.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      from = event.clientX;
      if (event.pointerType === "touch") timer = setTimeout(takeUp, HOLD);
    });
    body.addEventListener("pointermove", (event) => {
      if (from === null) return;
      const far = event.clientX - from;
      if (!isUp && Math.abs(far) > FAR && event.pointerType !== "touch") {
        body.setPointerCapture(event.pointerId);
        takeUp();
      }
      if (!isUp) return;
      made.style.setProperty("--pulled", far / this.#scale());
      if (this.#carry(made, index(), event.clientX)) from = event.clientX;
    });
    body.addEventListener("pointerup", letGo);
    body.addEventListener("pointercancel", letGo);
    // Once a finger has taken the piece up, the page must not scroll under it.
    body.addEventListener("touchmove", (event) => (isUp ? event.preventDefault() : clearTimeout(timer)), { passive: false });
    body.addEventListener("contextmenu", (event) => isUp && event.preventDefault());
  }

  /** Over the middle of its neighbour, they change places. */
  #carry(made, index, x) {
    const middle = (neighbour) => {
      const box = neighbour.getBoundingClientRect();
      return (box.left + box.right) / 2;
    };
    const [before, behind] = [made.previousElementSibling, made.nextElementSibling];
    const to = before && x < middle(before) ? index - 1 : behind && x > middle(behind) ? index + 1 : index;
    if (to === index) return false;
    this.move(index, to);
    this.#list.insertBefore(made, to < index ? before : behind.nextElementSibling);
    made.style.setProperty("--pulled", 0);
    this.draw();
    return true;
  }

  /** Put a piece elsewhere in the order; it stays chosen. */
  move(index, to) {
    if (to < 0 || to >= this.#edit.recipe.segments.length) return;
    this.#edit.change(moved(this.#edit.recipe, index, to), "order");
    this.#edit.choose("segment", to);
    this.#edit.goTo(placed(this.#edit.recipe)[to].from);
  }

  setSpeed(index, speed) {
    this.#edit.change(changed(this.#edit.recipe, index, { speed }));
  }

  #paintSoon() {
    cancelAnimationFrame(this.#painting);
    this.#painting = requestAnimationFrame(() => {
      for (const { segment, index } of placed(this.#edit.recipe)) {
        const canvas = this.#list.children[index]?.querySelector("canvas");
        const msAt = (part) => segment.in_ms + part * (segment.out_ms - segment.in_ms);
        if (canvas) paintStrip(canvas, this.#strips, segment.clip, msAt);
      }
    });
  }
}
