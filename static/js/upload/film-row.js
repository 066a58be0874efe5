// One chosen film in the list: its picture, how far it is, and what may be done with it.

import { percent } from "../editor/clips.js";

/** Kept in step with a clip of editor/clips.js by `show()`; presses go to `clips`. */
export class FilmRow {
  #clip;

  constructor(template, clip, clips) {
    this.#clip = clip;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.#find("name").textContent = clip.name;
    this.#picture(clip.url);
    this.#find("pause").addEventListener("click", () => clips.pause(clip));
    this.#find("go-on").addEventListener("click", () => clips.retry(clip));
    this.#find("remove").addEventListener("click", () => clips.drop(clip));
    for (const name of ["pause", "go-on", "remove"]) this.#name(this.#find(name));
    this.show();
  }

  show() {
    const { state, part, words } = this.#clip;
    const isSending = state === "uploading" || state === "waiting";
    const isStopped = state === "paused" || state === "broken";
    this.element.dataset.state = state;
    this.#find("pause").hidden = !isSending;
    this.#find("go-on").hidden = !isStopped;
    this.#find("bar").hidden = !(isSending || isStopped);
    this.#find("bar").style.setProperty("--progress", part * 100);
    this.#find("bar").setAttribute("aria-valuetext", percent(part));
    this.#say(words);
  }

  /** A reader need not hear each hundredth: only what changes in kind is announced. */
  #say(words) {
    const said = this.#find("state");
    if (said.textContent !== words) said.textContent = words;
    said.setAttribute("aria-live", this.#clip.state === "uploading" ? "off" : "polite");
  }

  #picture(url) {
    const film = this.#find("picture");
    film.addEventListener("loadeddata", () => (film.hidden = false));
    if (url) film.src = `${url}#t=0.1`;
  }

  /** Several films have the same buttons: each says whose it is. */
  #name(button) {
    button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${this.#clip.name}`);
  }

  #find(name) {
    return this.element.querySelector(`[data-${name}]`);
  }
}
