// Uploads that a closed tab or another device left behind: what is here stays, the same file goes on from there.

import { percent } from "../editor/clips.js";
import { deleteJSON, getJSON } from "../lib/http.js";

const ADDRESS = "/api/v1/uploads/";
const VERSION = { "Tus-Resumable": "1.0.0" };

/** The section of the page; calls `goOn(upload, file)` once the right file was chosen. */
export class Unfinished {
  #uploads = [];
  #goOn;

  constructor(section, goOn) {
    this.section = section;
    this.#goOn = goOn;
  }

  async load() {
    this.#uploads = (await getJSON(ADDRESS)).filter(({ purpose }) => purpose === "clip");
    this.#show();
  }

  has(file) {
    return this.#uploads.some((upload) => isOf(upload, file));
  }

  /** The upload that was begun with this very file, if any; it is no longer offered. */
  take(file) {
    const found = this.#uploads.find((upload) => isOf(upload, file));
    this.#drop(found);
    return found;
  }

  #drop(upload) {
    this.#uploads = this.#uploads.filter((each) => each !== upload);
    this.#show();
  }

  #show() {
    this.section.hidden = !this.#uploads.length;
    const list = this.section.querySelector("[data-list]");
    list.replaceChildren(...this.#uploads.map((upload) => this.#row(upload)));
  }

  #row(upload) {
    const row = this.section.querySelector("template").content.firstElementChild.cloneNode(true);
    const find = (name) => row.querySelector(`[data-${name}]`);
    find("name").textContent = upload.name || gettext("A film");
    find("how-far").textContent = interpolate(gettext("%s is here"), [percent(upload.offset / upload.length)]);
    find("bar").style.setProperty("--progress", (upload.offset / upload.length) * 100);
    find("file").addEventListener("change", ({ target }) => this.#chosen(upload, target.files[0], find("problem")));
    find("delete").addEventListener("click", () => this.#delete(upload));
    return row;
  }

  #chosen(upload, file, problem) {
    problem.hidden = isOf(upload, file);
    if (!problem.hidden) return;
    this.#drop(upload);
    this.#goOn(upload, file);
  }

  async #delete(upload) {
    await deleteJSON(`${ADDRESS}${upload.id}/`, { headers: VERSION }).catch(() => {});
    await this.load();
  }
}

const isOf = ({ name, length }, file) => length === file.size && (!name || name === file.name);
