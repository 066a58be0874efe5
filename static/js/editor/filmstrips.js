// Small pictures along each clip, drawn once and kept: the time line, the filters and the cover show them.

import { close, openFilm, seek } from "./film.js";

const HEIGHT = 96; // pixels, for dense screens
const MOST = 60; // pictures of one clip
const EVERY = 1000; // ms between two, where that is not too many

/** Tells `picture` with the clip's id whenever there is one more. */
export class Filmstrips extends EventTarget {
  #strips = new Map();
  #line = Promise.resolve();

  /** Have pictures made of this clip, one clip after the other. */
  want({ id, url, duration_ms }) {
    if (this.#strips.get(id)?.url === url || !url) return;
    const strip = { url, pictures: [] };
    this.#strips.set(id, strip);
    this.#line = this.#line.then(() => this.#draw(id, strip, duration_ms)).catch(() => {});
  }

  /** The picture nearest to `ms` of the clip; undefined while there is none. */
  at(id, ms) {
    const pictures = this.#strips.get(id)?.pictures ?? [];
    let best;
    for (const one of pictures) if (!best || Math.abs(one.ms - ms) < Math.abs(best.ms - ms)) best = one;
    return best?.picture;
  }

  async #draw(id, strip, length) {
    const film = await openFilm(strip.url);
    for (const ms of moments(length)) {
      if (this.#strips.get(id) !== strip) break;
      await seek(film, ms / 1000);
      strip.pictures.push({ ms, picture: small(film) });
      this.dispatchEvent(new CustomEvent("picture", { detail: id }));
    }
    close(film);
  }
}

/** Coarse first, so that the whole clip shows something early. */
function moments(length) {
  const count = Math.max(1, Math.min(MOST, Math.round(length / EVERY)));
  const all = Array.from({ length: count }, (_, place) => Math.round(((place + 0.5) * length) / count));
  return [4, 2, 1].flatMap((step, round, steps) => all.filter((_, place) => place % step === 0 && (round === 0 || place % steps[round - 1] !== 0)));
}

function small(film) {
  const picture = document.createElement("canvas");
  picture.height = HEIGHT;
  picture.width = Math.round((HEIGHT * film.videoWidth) / film.videoHeight);
  picture.getContext("2d").drawImage(film, 0, 0, picture.width, picture.height);
  return picture;
}

/** Fill a canvas with one picture after the other; `msAt(part)` says which moment stands where. */
export function paintStrip(canvas, strips, clip, msAt) {
  const { clientWidth: wide, clientHeight: high } = canvas;
  const dense = Math.min(2, devicePixelRatio || 1);
  Object.assign(canvas, { width: Math.round(wide * dense), height: Math.round(high * dense) });
  const pen = canvas.getContext("2d");
  const tile = Math.max(1, Math.round(canvas.height * 0.75));
  for (let x = 0; x < canvas.width; x += tile) {
    const picture = strips.at(clip, msAt((x + tile / 2) / Math.max(1, canvas.width)));
    if (picture) paintCovering(pen, picture, x, tile, canvas.height);
  }
}

export function paintCovering(pen, picture, x, wide, high) {
  const factor = Math.max(wide / picture.width, high / picture.height);
  const [w, h] = [wide / factor, high / factor];
  pen.drawImage(picture, (picture.width - w) / 2, (picture.height - h) / 2, w, h, x, 0, wide, high);
}
