// Cuts a sticker out of a picture or a moment of a film: move, zoom, round or square.

import { request } from "../../lib/http.js";
import { part } from "../message.js";

const SIDE = 512;
const ROUND_CORNER = 72;
const STEP = 16;

/** Ask for a cut; resolves true once the sticker is stored, false where the person closed. */
export async function cut(dialog, file) {
  const source = file.type.startsWith("video/") ? await filmOf(file) : await pictureOf(file);
  const cutter = new Cutter(dialog, source);
  return cutter.done;
}

class Cutter {
  #dialog;
  #source;
  #pen;
  #x = 0;
  #y = 0;
  #zoom = 1;
  #shape = "round";
  #stop = new AbortController();

  constructor(dialog, source) {
    this.#dialog = dialog;
    this.#source = source;
    this.#pen = part(dialog, "canvas").getContext("2d");
    this.done = new Promise((resolve) => (this.settle = resolve));
    this.#begin();
  }

  #begin() {
    const { signal } = this.#stop;
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal });
    const canvas = part(this.#dialog, "canvas");
    part(this.#dialog, "zoom").value = 1;
    part(this.#dialog, "alt").value = "";
    part(this.#dialog, "problem").hidden = true;
    part(this.#dialog, "moment-line").hidden = !this.#source.seconds;
    on(this.#dialog, "click", (event) => this.#press(event));
    on(this.#dialog, "close", () => this.#end(false));
    on(part(this.#dialog, "zoom"), "input", ({ target }) => this.#show({ zoom: Number(target.value) }));
    on(part(this.#dialog, "moment"), "input", ({ target }) => this.#seek(Number(target.value)));
    on(canvas, "pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
    on(canvas, "pointermove", (event) => event.buttons && this.#move(event.movementX, event.movementY, canvas));
    on(canvas, "keydown", (event) => this.#key(event));
    this.#dialog.showModal();
    this.#show();
  }

  #press(event) {
    const { cut: wish, shape } = event.target.closest("[data-cut], [data-shape]")?.dataset ?? {};
    if (wish === "close") this.#dialog.close();
    if (wish === "save") this.#save(event.target.closest("button"));
    if (!shape) return;
    for (const chip of this.#dialog.querySelectorAll("[data-shape]")) chip.setAttribute("aria-pressed", String(chip.dataset.shape === shape));
    this.#show({ shape });
  }

  #key(event) {
    const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    const zoom = { "+": 1.1, "-": 0.9 }[event.key];
    if (way) this.#shift(...way);
    if (zoom) this.#show({ zoom: Math.max(1, Math.min(4, this.#zoom * zoom)) });
    if (way || zoom) event.preventDefault();
  }

  #move(dx, dy, canvas) {
    const factor = SIDE / canvas.clientWidth;
    this.#shift(dx * factor, dy * factor);
  }

  #shift(dx, dy) {
    this.#x += dx;
    this.#y += dy;
    this.#show();
  }

  async #seek(part) {
    await this.#source.seek(part);
    this.#show();
  }

  /** The cut always lies within the picture. */
  #show({ zoom = this.#zoom, shape = this.#shape } = {}) {
    [this.#zoom, this.#shape] = [zoom, shape];
    const { width, height, picture } = this.#source;
    const factor = (SIDE / Math.min(width, height)) * zoom;
    const [wide, high] = [width * factor, height * factor];
    const most = (length) => (length - SIDE) / 2;
    this.#x = Math.max(-most(wide), Math.min(most(wide), this.#x));
    this.#y = Math.max(-most(high), Math.min(most(high), this.#y));
    const pen = this.#pen;
    pen.save();
    pen.clearRect(0, 0, SIDE, SIDE);
    pen.beginPath();
    pen.roundRect(0, 0, SIDE, SIDE, this.#shape === "round" ? SIDE / 2 : ROUND_CORNER);
    pen.clip();
    pen.drawImage(picture, (SIDE - wide) / 2 + this.#x, (SIDE - high) / 2 + this.#y, wide, high);
    pen.restore();
  }

  async #save(button) {
    button.disabled = true;
    const picture = await new Promise((resolve) => part(this.#dialog, "canvas").toBlob(resolve, "image/png"));
    const body = new FormData();
    body.append("alt", part(this.#dialog, "alt").value);
    body.append("file", picture, "sticker.png");
    try {
      await request("/api/v1/stickers/", { method: "POST", body });
      this.#end(true);
    } catch (error) {
      part(this.#dialog, "problem").textContent = error.message;
      part(this.#dialog, "problem").hidden = false;
    } finally {
      button.disabled = false;
    }
  }

  #end(isStored) {
    this.settle(isStored);
    this.#stop.abort();
    this.#source.free();
    this.#dialog.close();
  }
}

async function pictureOf(file) {
  const picture = await createImageBitmap(file);
  return { picture, width: picture.width, height: picture.height, seconds: 0, free: () => picture.close() };
}

async function filmOf(file) {
  const film = document.createElement("video");
  Object.assign(film, { muted: true, playsInline: true, preload: "auto", src: URL.createObjectURL(file) });
  await new Promise((resolve, reject) => {
    film.addEventListener("loadeddata", resolve, { once: true });
    film.addEventListener("error", reject, { once: true });
  });
  const seek = (part) =>
    new Promise((resolve) => {
      film.addEventListener("seeked", resolve, { once: true });
      film.currentTime = part * film.duration;
    });
  const { videoWidth: width, videoHeight: height, duration: seconds } = film;
  return { picture: film, width, height, seconds, seek, free: () => URL.revokeObjectURL(film.src) };
}
