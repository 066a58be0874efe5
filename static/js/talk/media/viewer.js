// Pictures and films of a conversation, large: swipe or arrows, pinch or double tap to zoom, download, back to where it was said.

import { part } from "../message.js";

const MOST_ZOOM = 5;
const TAP_ZOOM = 2.5;

export class Viewer {
  #talk;
  #dialog;
  #strip;
  #tiles = [];
  #place = 0;

  constructor(talk) {
    this.#talk = talk;
    this.#dialog = talk.root.querySelector("[data-viewer]");
    this.#strip = part(this.#dialog, "strip");
    this.#dialog.addEventListener("click", (event) => this.#press(event));
    this.#dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#dialog.addEventListener("close", () => this.#closed());
    this.#strip.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  /** Everything that the loaded part of the conversation shows, from this tile on. */
  open(tile) {
    this.#tiles = [...this.#talk.root.querySelectorAll(".message:not(.is-folded) .tile")];
    this.#strip.replaceChildren(...this.#tiles.map((each) => slide(each)));
    this.#dialog.showModal();
    this.#go(this.#tiles.indexOf(tile), "instant");
    this.#shown();
  }

  #press(event) {
    const { view } = event.target.closest("[data-view]")?.dataset ?? {};
    if (view === "close" || event.target.matches(".viewer__slide")) this.#dialog.close();
    else if (view === "back") this.#go(this.#place - 1);
    else if (view === "on") this.#go(this.#place + 1);
    else if (view === "jump") this.#jump();
  }

  #key(event) {
    const isRtl = getComputedStyle(this.#dialog).direction === "rtl";
    const step = { ArrowLeft: isRtl ? 1 : -1, ArrowRight: isRtl ? -1 : 1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || event.target.matches("video")) return;
    event.preventDefault();
    this.#go(this.#place + step);
  }

  #go(place, behavior = "smooth") {
    const wanted = Math.max(0, Math.min(this.#tiles.length - 1, place));
    this.#strip.children[wanted]?.scrollIntoView({ behavior, inline: "start", block: "nearest" });
    if (behavior === "instant") this.#place = wanted;
  }

  #scrolled() {
    const place = Math.round(Math.abs(this.#strip.scrollLeft) / this.#strip.clientWidth);
    if (place === this.#place || !this.#tiles[place]) return;
    this.#place = place;
    this.#shown();
  }

  #shown() {
    const tile = this.#tiles[this.#place];
    const item = tile.closest(".message");
    const picture = tile.querySelector("img, video");
    for (const film of this.#strip.querySelectorAll("video")) film.pause();
    part(this.#dialog, "name").textContent = item.dataset.name;
    part(this.#dialog, "count").textContent = `${this.#place + 1} / ${this.#tiles.length}`;
    part(this.#dialog, "download").href = addressOf(tile);
    const words = part(item, "body").textContent || (picture?.alt ?? "");
    part(this.#dialog, "caption").textContent = words;
    part(this.#dialog, "caption").hidden = !words;
    this.#dialog.classList.toggle("is-first", this.#place === 0);
    this.#dialog.classList.toggle("is-final", this.#place === this.#tiles.length - 1);
    for (const near of [this.#place - 1, this.#place, this.#place + 1]) load(this.#strip.children[near]);
  }

  #jump() {
    const { seq } = this.#tiles[this.#place].closest(".message").dataset;
    this.#dialog.close();
    if (seq) this.#talk.jumpTo(Number(seq));
  }

  #closed() {
    this.#strip.replaceChildren();
    this.#tiles[this.#place]?.focus({ preventScroll: true });
  }
}

const addressOf = (tile) => tile.href ?? tile.currentSrc ?? tile.src;

/** Nothing large is fetched before it is near. */
function slide(tile) {
  const made = document.createElement("div");
  made.className = "viewer__slide";
  const isFilm = tile.dataset.kind === "video";
  const shown = document.createElement(isFilm ? "video" : "img");
  const picture = tile.querySelector?.("img[data-field=picture]");
  shown.className = "viewer__shown";
  shown.dataset.src = addressOf(tile);
  if (isFilm) Object.assign(shown, { controls: true, playsInline: true, preload: "none", poster: picture?.src ?? "" });
  else {
    shown.alt = picture?.alt ?? "";
    if (picture?.currentSrc) shown.src = picture.currentSrc;
    zoomable(shown);
  }
  made.append(shown);
  return made;
}

function load(made) {
  const shown = made?.firstElementChild;
  if (!shown?.dataset.src) return;
  shown.src = shown.dataset.src;
  delete shown.dataset.src;
}

/** Two fingers, a double tap or the wheel with Ctrl; dragged while it is larger than its place. */
function zoomable(picture) {
  const fingers = new Map();
  let [scale, x, y, apart] = [1, 0, 0, 0];
  const show = () => {
    picture.style.setProperty("--zoom", scale);
    picture.style.setProperty("--move-x", `${x}px`);
    picture.style.setProperty("--move-y", `${y}px`);
    picture.parentElement.classList.toggle("is-zoomed", scale > 1);
  };
  const zoom = (wanted) => {
    scale = Math.max(1, Math.min(MOST_ZOOM, wanted));
    if (scale === 1) [x, y] = [0, 0];
    show();
  };
  const distance = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };
  picture.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) apart = distance();
    if (scale > 1) picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    Object.assign(finger, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) {
      const now = distance();
      zoom((scale * now) / (apart || now));
      apart = now;
    } else if (scale > 1) {
      [x, y] = [x + dx, y + dy];
      show();
    }
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    picture.addEventListener(name, (event) => fingers.delete(event.pointerId));
  }
  picture.addEventListener("dblclick", () => zoom(scale > 1 ? 1 : TAP_ZOOM));
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.15 : 0.87));
  });
}
