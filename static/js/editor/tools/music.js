// The music under the film: which sound, from where on, how it comes and goes.

import { makeDraggable, tellSlider } from "../handles.js";
import { clamp } from "../recipe.js";
import { stamp } from "../stage.js";
import { paintWave } from "../wave.js";
import { SoundSheet } from "../sound-sheet.js";

const FADE = 1000; // ms

export class MusicPanel {
  #root;
  #studio;
  #wave;
  #window;
  #began = 0;

  constructor(root, studio) {
    this.#root = root;
    this.#studio = studio;
    this.#wave = root.querySelector("[data-tune-wave]");
    this.#window = root.querySelector("[data-tune-window]");
    new SoundSheet(document.getElementById("choose-sound"), studio, (sound) => this.#take(sound));
    root.querySelector("[data-tune-remove]").addEventListener("click", () => this.#change(null));
    for (const fade of root.querySelectorAll("[data-fade]")) {
      fade.addEventListener("change", () => this.#set({ [fade.dataset.fade]: fade.checked ? FADE : 0 }));
    }
    this.#bindWindow();
    studio.edit.whenever("recipe", () => this.draw());
    studio.music.addEventListener("sound", () => this.draw());
  }

  #take(sound) {
    this.#studio.music.know(sound);
    this.#change({ sound: sound.id, start_ms: 0, volume: 1, fade_in_ms: 0, fade_out_ms: FADE });
    this.#studio.edit.goTo(0);
    this.#studio.stage.play();
  }

  #change(music) {
    this.#studio.edit.change({ ...this.#studio.edit.recipe, music });
  }

  #set(values) {
    const { edit } = this.#studio;
    edit.change({ ...edit.recipe, music: { ...edit.recipe.music, ...values } }, `music-${Object.keys(values)}`);
  }

  /** The window over the waveform is what will be heard; one hears it from its begin while it moves. */
  #bindWindow() {
    const { edit, music } = this.#studio;
    const put = (ms) => {
      const latest = Math.max(0, music.sound.duration_ms - Math.min(edit.total, 1000));
      this.#set({ start_ms: Math.round(clamp(ms, 0, latest)) });
    };
    const start = () => edit.recipe.music?.start_ms ?? 0;
    makeDraggable(this.#window, {
      scale: () => this.#wave.clientWidth / (music.sound?.duration_ms ?? 1),
      begin: () => (this.#began = start()),
      moveBy: (ms) => music.sound && put(this.#began + ms),
      nudge: (ms) => music.sound && put(start() + ms),
      end: () => this.#listen(),
      keys: { Enter: () => this.#listen() },
    });
    this.#wave.addEventListener("pointerdown", (event) => {
      if (!music.sound) return;
      const box = this.#wave.getBoundingClientRect();
      put(((event.clientX - box.left) / box.width) * music.sound.duration_ms);
      this.#listen();
    });
  }

  #listen() {
    this.#studio.edit.goTo(0);
    this.#studio.stage.play();
  }

  draw() {
    const { edit, music } = this.#studio;
    const chosen = edit.recipe.music;
    this.#root.querySelector("[data-no-music]").hidden = Boolean(chosen);
    this.#root.querySelector("[data-tune]").hidden = !chosen || !music.sound;
    this.#root.querySelector("[data-tune-gone]").hidden = !chosen || Boolean(music.sound) || music.isAsking;
    if (!chosen || !music.sound || this.#root.hidden) return;
    this.#root.querySelector("[data-tune-title]").textContent = music.sound.title;
    this.#root.querySelector("[data-tune-artist]").textContent = music.sound.artist;
    for (const fade of this.#root.querySelectorAll("[data-fade]")) fade.checked = chosen[fade.dataset.fade] > 0;
    this.#drawWindow(chosen.start_ms, music.sound);
  }

  #drawWindow(start, sound) {
    const { total } = this.#studio.edit;
    this.#window.style.setProperty("--from", start / sound.duration_ms);
    this.#window.style.setProperty("--part", Math.min(1 - start / sound.duration_ms, total / sound.duration_ms));
    const words = interpolate(gettext("From %s of %s"), [stamp(start), stamp(sound.duration_ms)]);
    tellSlider(this.#window, { max: sound.duration_ms, now: start, words });
    this.#root.querySelector("[data-tune-when]").textContent = words;
    paintWave(this.#wave.querySelector("canvas"), sound);
  }
}
