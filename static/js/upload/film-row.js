// One chosen film in the list: its picture, how far it is, and what may be done with it.

import { percent } from "../editor/clips.js";

/** Kept in step with a clip of editor/clips.js by `show()`; presses go to `clips`. */
export class FilmRow {
  #clip;
  #url = "";

  constructor(template, clip, clips) {
    this.#clip = clip;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.#find("picture").addEventListener("loadeddata", ({ target }) => (target.hidden = false));
    this.#find("pause").addEventListener("click", () => clips.pause(clip));
    this.#find("go-on").addEventListener("click", () => clips.retry(clip));
    this.#find("remove").addEventListener("click", () => clips.drop(clip));
    this.show();
  }

  show() {
    const { state, part, words, name, url } = this.#clip;
    const isSending = state === "uploading" || state === "waiting";
    const isStopped = state === "paused" || state === "broken";
    this.element.dataset.state = state;
    if (this.#find("name").textContent !== name) this.#name(name);
    if (url && url !== this.#url) this.#picture(url);
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
    this.#url = url;
    this.#find("picture").src = `${url}#t=0.1`;
  }

  /** Several films have the same buttons: each says whose it is. */
  #name(name) {
    this.#find("name").textContent = name;
    for (const button of this.element.querySelectorAll("button")) {
      button.dataset.verb ??= button.getAttribute("aria-label");
      button.setAttribute("aria-label", `${button.dataset.verb}: ${name}`);
    }
  }

  #find(name) {
    return this.element.querySelector(`[data-${name}]`);
  }
}
