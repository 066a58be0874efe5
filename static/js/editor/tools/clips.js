// The clips: added, cut in two, put in order, taken out; and the films they are cut from.

import { toast } from "../../lib/toast.js";
import { doubled, MOST_SEGMENTS, placeAt, removed, SHORTEST, split, withClip, withoutClip, withoutText } from "../recipe.js";

export class ClipsPanel {
  #root;
  #studio;
  #films;

  constructor(root, studio) {
    this.#root = root;
    this.#studio = studio;
    this.#films = root.querySelector("[data-films]");
    root.addEventListener("click", ({ target }) => this.do(target.closest("[data-do]")?.dataset.do));
    this.#films.addEventListener("click", (event) => this.#filmPressed(event));
    studio.edit.whenever("recipe chosen time", () => this.#allow());
    studio.clips.addEventListener("change", () => this.#drawFilms());
    this.#drawFilms();
  }

  draw() {
    this.#allow();
  }

  /** The piece that is chosen, else the one under the playhead. */
  get #index() {
    const { chosen, recipe, time } = this.#studio.edit;
    return chosen?.kind === "segment" ? chosen.index : placeAt(recipe, time)?.index;
  }

  /** Do one of the acts of this panel by its name; what is not possible now is not done. */
  do(name) {
    const { edit, timeline } = this.#studio;
    const index = this.#index;
    if (edit.chosen?.kind === "text" && name === "remove") return edit.change(withoutText(edit.recipe, edit.chosen.index));
    if (!this.#possible(name, index)) return;
    const acts = {
      split: () => this.#split(),
      earlier: () => timeline.pieces.move(index, index - 1),
      later: () => timeline.pieces.move(index, index + 1),
      double: () => edit.change(doubled(edit.recipe, index)),
      remove: () => edit.change(removed(edit.recipe, index)),
    };
    acts[name]?.();
  }

  #possible(name, index) {
    const { recipe, time } = this.#studio.edit;
    const last = recipe.segments.length - 1;
    if (index === undefined || index < 0) return false;
    const place = placeAt(recipe, time);
    const possible = {
      split: last + 1 < MOST_SEGMENTS && time - place.from >= SHORTEST && place.to - time >= SHORTEST,
      earlier: index > 0,
      later: index < last,
      double: last + 1 < MOST_SEGMENTS,
      remove: true,
    };
    return possible[name];
  }

  #split() {
    const { edit } = this.#studio;
    const place = placeAt(edit.recipe, edit.time);
    edit.change(split(edit.recipe, edit.time));
    edit.choose("segment", place.index + 1);
  }

  #allow() {
    for (const button of this.#root.querySelectorAll("[data-do]")) button.disabled = !this.#possible(button.dataset.do, this.#index);
  }

  /** Films show here while they are under way, and those that nothing is cut from just now. */
  #drawFilms() {
    const { clips, edit } = this.#studio;
    const used = new Set(edit.recipe.segments.map(({ clip }) => clip));
    const shown = clips.all.filter(({ id, isReady }) => !isReady || !used.has(id));
    this.#films.replaceChildren(...shown.map((clip) => filmItem(clip, used.has(clip.id))));
  }

  async #filmPressed({ target }) {
    const wish = target.closest("[data-film-do]")?.dataset.filmDo;
    const clip = this.#studio.clips.get(target.closest("[data-id]")?.dataset.id);
    if (!wish || !clip) return;
    const acts = {
      use: () => this.#studio.edit.change(withClip(this.#studio.edit.recipe, clip)),
      retry: () => this.#studio.clips.retry(clip),
      again: () => this.#studio.pickFor(clip),
      drop: () => this.#drop(clip),
    };
    await acts[wish]();
    this.#drawFilms();
  }

  async #drop(clip) {
    const { edit, clips } = this.#studio;
    edit.change(withoutClip(edit.recipe, clip.id));
    try {
      await this.#studio.saving.flush();
      await clips.drop(clip);
    } catch (error) {
      toast(error.message, { isBad: true });
    }
  }
}

function filmItem(clip, isUsed) {
  const item = document.querySelector("template[data-film]").content.firstElementChild.cloneNode(true);
  item.dataset.id = clip.id;
  item.classList.toggle("is-bad", !clip.isReady && !clip.isUnderWay);
  item.querySelector("[data-name]").textContent = clip.name;
  item.querySelector("[data-state]").textContent = clip.words;
  const bar = item.querySelector("[data-bar]");
  bar.hidden = !clip.isUnderWay;
  bar.style.setProperty("--progress", Math.floor(clip.part * 100));
  bar.setAttribute("aria-valuenow", Math.floor(clip.part * 100));
  bar.setAttribute("aria-label", clip.name);
  const button = (name) => item.querySelector(`[data-film-do=${name}]`);
  button("again").hidden = clip.state !== "lost";
  button("retry").hidden = clip.state !== "broken";
  button("use").hidden = isUsed || !clip.duration_ms || clip.state === "refused";
  button("drop").setAttribute("aria-label", interpolate(gettext("Remove %s from the draft"), [clip.name]));
  return item;
}
