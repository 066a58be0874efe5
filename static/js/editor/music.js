// The music under the film, in step with the playhead: where it begins, how loud, how it comes and goes.

import { getJSON } from "../lib/http.js";
import { clamp } from "./recipe.js";

const DRIFT = 0.12; // seconds out of step before it is pulled back

/** Knows the chosen sound (`sound`, null while there is none) and tells `sound` when that changed. */
export class Music extends EventTarget {
  sound = null;
  isAsking = false;
  #known = new Map();
  #player = new Audio();
  #edit;
  #stage;

  constructor(edit, stage) {
    super();
    this.#edit = edit;
    this.#stage = stage;
    this.#player.preload = "auto";
    edit.whenever("recipe", () => this.#choose());
    edit.addEventListener("time", () => this.#follow());
    stage.addEventListener("playing", () => this.#follow());
  }

  stop() {
    this.#player.pause();
    this.#player.removeAttribute("src");
  }

  /** What a list of sounds already told: no need to ask again. */
  know(sound) {
    this.#known.set(sound.id, sound);
  }

  async #choose() {
    const id = this.#edit.recipe.music?.sound ?? null;
    if (id === (this.sound?.id ?? null)) return this.#follow();
    if (id && !this.#known.has(id)) await this.#ask(id);
    if (id !== (this.#edit.recipe.music?.sound ?? null)) return;
    this.sound = this.#known.get(id) ?? null;
    if (this.sound) this.#player.src = this.sound.url_of_file;
    else this.#player.pause();
    this.dispatchEvent(new Event("sound"));
    this.#follow();
  }

  async #ask(id) {
    this.isAsking = true;
    try {
      this.know(soundOf(await getJSON(`/api/v1/sounds/${id}/`)));
    } catch {
      // It may have been withdrawn; the panel says so.
    } finally {
      this.isAsking = false;
    }
  }

  #follow() {
    const { music } = this.#edit.recipe;
    if (!music || !this.sound) return;
    const wanted = (music.start_ms + this.#edit.time) / 1000;
    const isHeard = this.#stage.isMoving && wanted < this.sound.duration_ms / 1000;
    this.#player.volume = clamp(music.volume * this.#fade(music), 0, 1);
    if (isHeard && Math.abs(this.#player.currentTime - wanted) > DRIFT) this.#player.currentTime = wanted;
    if (isHeard && this.#player.paused) this.#player.play().catch(() => {});
    if (!isHeard && !this.#player.paused) this.#player.pause();
  }

  /** 0 to 1: how far it has come in, or gone out. */
  #fade({ fade_in_ms, fade_out_ms }) {
    const { time, total } = this.#edit;
    const comes = fade_in_ms ? time / fade_in_ms : 1;
    const goes = fade_out_ms ? (total - time) / fade_out_ms : 1;
    return Math.min(1, comes, goes);
  }
}

/** A sound as the editor knows it, of what the server says. */
export function soundOf(answer) {
  const { id, title, artist, duration_ms, peaks, bpm, file } = answer;
  return { id, title, artist, duration_ms, peaks, bpm, url_of_file: file };
}
