// What is going to be sent with the words: small pictures above the composer, each with its progress.

import { part } from "../message.js";
import { kindOf, Upload } from "./upload.js";

const MOST = 10;

/** Tells `change` when something was added, removed or moved on. */
export class Tray extends EventTarget {
  #root;
  #list;
  #form;
  #uploads = new Map();

  constructor(root) {
    super();
    this.#root = root;
    this.#form = root.querySelector(".composer");
    this.#list = root.querySelector("[data-tray]");
  }

  get isEmpty() {
    return !this.#uploads.size;
  }

  get uploads() {
    return [...this.#uploads.values()];
  }

  /** Begin to send these files; answers whether all of them found a place. */
  add(files, kind = null) {
    const room = MOST - this.#uploads.size;
    for (const file of files.slice(0, room)) this.#put(new Upload(file, kind ?? kindOf(file)));
    this.#show();
    return files.length <= room;
  }

  /** Everything, to be sent: the tray is empty then. */
  take() {
    const { uploads } = this;
    this.#uploads.clear();
    this.#list.replaceChildren();
    this.#show();
    return uploads;
  }

  stop() {
    for (const upload of this.#uploads.values()) upload.cancel();
  }

  #put(upload) {
    const template = this.#root.querySelector('template[data-part="tray-item"]');
    const item = template.content.firstElementChild.cloneNode(true);
    this.#uploads.set(item, upload);
    this.#list.append(item);
    const isPictured = upload.kind !== "file";
    part(item, "name").textContent = upload.file.name ?? "";
    part(item, "name").hidden = upload.kind === "photo";
    part(item, "alt").hidden = !isPictured;
    part(item, "picture").hidden = upload.kind === "file";
    if (upload.kind === "photo") part(item, "picture").src = upload.url;
    if (isPictured) this.#measure(upload, part(item, "picture"));
    part(item, "remove").addEventListener("click", () => this.#remove(item));
    part(item, "again").addEventListener("click", () => upload.start());
    part(item, "alt").addEventListener("click", () => this.#describe(item, upload));
    upload.addEventListener("change", () => this.#progress(item, upload));
    this.#progress(item, upload);
  }

  /** Sizes, so that the message stands in its shape before the server knows it. */
  async #measure(upload, picture) {
    try {
      if (upload.kind === "photo") {
        await picture.decode();
        upload.facts = { width: picture.naturalWidth, height: picture.naturalHeight };
      } else {
        upload.facts = await filmFacts(upload.url);
        picture.src = upload.poster = upload.facts.poster;
      }
    } catch {
      upload.poster = "";
      picture.hidden = true;
      part(picture.closest(".tray__item"), "name").hidden = false;
    }
  }

  #progress(item, upload) {
    const percent = Math.round(upload.part * 100);
    const bar = part(item, "progress");
    bar.hidden = upload.state === "ready" || upload.state === "failed";
    bar.style.setProperty("--progress", percent);
    bar.setAttribute("aria-valuenow", percent);
    item.classList.toggle("is-failed", upload.state === "failed");
    part(item, "again").hidden = upload.state !== "failed";
    item.title = upload.problem;
    if (upload.problem) this.#root.dispatchEvent(new CustomEvent("talk:problem", { detail: upload.problem }));
    this.dispatchEvent(new Event("change"));
  }

  #describe(item, upload) {
    const words = prompt(gettext("What is in it? Say it for somebody who cannot see it."), upload.alt);
    if (words === null) return;
    upload.describe(words.slice(0, 500));
    part(item, "alt").classList.toggle("is-on", Boolean(words));
  }

  #remove(item) {
    this.#uploads.get(item).cancel();
    this.#uploads.delete(item);
    item.remove();
    this.#show();
  }

  #show() {
    this.#list.hidden = this.isEmpty;
    this.#form.classList.toggle("has-media", !this.isEmpty);
    this.dispatchEvent(new Event("change"));
  }
}

/** `{width, height, seconds, poster}` of a film in this browser, where it can show it. */
function filmFacts(url) {
  const film = document.createElement("video");
  Object.assign(film, { muted: true, playsInline: true, preload: "auto", src: `${url}#t=0.1` });
  return new Promise((resolve, reject) => {
    film.addEventListener("error", reject);
    film.addEventListener("loadeddata", () => {
      const { videoWidth: width, videoHeight: height, duration: seconds } = film;
      const canvas = document.createElement("canvas");
      const factor = Math.min(1, 640 / Math.max(width, height));
      Object.assign(canvas, { width: width * factor, height: height * factor });
      canvas.getContext("2d").drawImage(film, 0, 0, canvas.width, canvas.height);
      resolve({ width, height, seconds, poster: canvas.toDataURL("image/jpeg", 0.8) });
      film.removeAttribute("src");
      film.load();
    });
  });
}
