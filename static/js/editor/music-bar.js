// The music on the time line: which part of the sound is heard, as a waveform under the film.

import { paintWave } from "./wave.js";

export class MusicBar {
  #bar;
  #edit;
  #music;

  constructor(bar, { edit, music }) {
    this.#bar = bar;
    this.#edit = edit;
    this.#music = music;
    music.addEventListener("sound", () => this.draw());
    edit.addEventListener("chosen", () => this.draw());
    bar.addEventListener("click", () => edit.choose("music"));
  }

  draw() {
    const { music } = this.#edit.recipe;
    const { sound } = this.#music;
    this.#bar.hidden = !music;
    if (!music) return;
    const heard = sound ? Math.min(this.#edit.total, sound.duration_ms - music.start_ms) : this.#edit.total;
    this.#bar.style.setProperty("--at", 0);
    this.#bar.style.setProperty("--long", Math.max(0, heard));
    this.#bar.classList.toggle("is-chosen", this.#edit.isChosen("music"));
    this.#bar.querySelector("[data-title]").textContent = sound?.title ?? gettext("Music");
    if (sound) paintWave(this.#bar.querySelector("canvas"), sound, { from: music.start_ms, to: music.start_ms + heard });
  }
}
