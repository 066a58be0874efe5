// The sheet on which music is found: searched, narrowed down, heard, taken.

import { getJSON } from "../lib/http.js";
import { soundOf } from "./music.js";

const CALM = 250; // ms after the last key

export class SoundSheet {
  #sheet;
  #take;
  #list;
  #note;
  #search;
  #stage;
  #player = new Audio();
  #timer = 0;
  #asked = 0;
  #query = "";

  constructor(sheet, { stage }, take) {
    this.#sheet = sheet;
    this.#stage = stage;
    this.#take = take;
    this.#list = sheet.querySelector("[data-sound-list]");
    this.#note = sheet.querySelector("[data-sound-note]");
    this.#search = sheet.querySelector("[data-sound-search]");
    // A sheet is opened by whatever names it, so the sheet itself is what tells.
    new MutationObserver(() => sheet.open && this.#opened()).observe(sheet, { attributes: true, attributeFilter: ["open"] });
    sheet.addEventListener("close", () => this.#player.pause());
    this.#player.addEventListener("pause", () => this.#showPlaying(null));
    this.#search.addEventListener("input", () => this.#askSoon());
    sheet.querySelector("[data-sound-filters]").addEventListener("click", ({ target }) => this.#narrow(target.closest("[data-query]")));
  }

  #opened() {
    this.#stage.pause();
    if (!this.#list.children.length) this.#ask();
  }

  #narrow(chip) {
    if (!chip) return;
    for (const each of chip.parentElement.children) each.setAttribute("aria-pressed", String(each === chip));
    this.#query = chip.dataset.query;
    this.#ask();
  }

  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), CALM);
  }

  async #ask() {
    const turn = (this.#asked += 1);
    const words = this.#search.value.trim();
    // A list of its own order is no search: words look everywhere.
    const query = new URLSearchParams(words && this.#query.startsWith("list=") ? "" : this.#query);
    if (words) query.set("q", words);
    try {
      const { results } = await getJSON(`/api/v1/sounds/?${query}`);
      if (turn === this.#asked) this.#show(results.map(soundOf));
    } catch (error) {
      if (turn === this.#asked) this.#say(error.message);
    }
  }

  #show(sounds) {
    this.#list.replaceChildren(...sounds.map((sound) => this.#item(sound)));
    const isSearch = this.#search.value.trim() || this.#query;
    const nothing = isSearch ? gettext("No sound is like that. Try another word.") : gettext("There are no sounds here yet.");
    this.#say(sounds.length ? "" : nothing);
  }

  #say(words) {
    this.#note.textContent = words;
    this.#note.hidden = !words;
  }

  #item(sound) {
    const item = document.querySelector("template[data-sound]").content.firstElementChild.cloneNode(true);
    item.dataset.id = sound.id;
    item.querySelector("[data-title]").textContent = sound.title;
    const facts = [sound.artist, lengthWords(sound.duration_ms), sound.bpm && interpolate(gettext("%s bpm"), [sound.bpm])];
    item.querySelector("[data-note]").textContent = facts.filter(Boolean).join(" · ");
    const listen = item.querySelector("[data-listen]");
    listen.setAttribute("aria-label", interpolate(gettext("Listen to %s"), [sound.title]));
    listen.addEventListener("click", () => this.#listen(sound));
    const take = item.querySelector("[data-take]");
    take.setAttribute("aria-label", interpolate(gettext("Use %s"), [sound.title]));
    take.addEventListener("click", () => {
      this.#sheet.close();
      this.#take(sound);
    });
    return item;
  }

  #listen(sound) {
    const isThis = this.#player.dataset.id === sound.id && !this.#player.paused;
    this.#player.pause();
    if (isThis) return;
    this.#player.dataset.id = sound.id;
    this.#player.src = sound.url_of_file;
    this.#player.play().then(() => this.#showPlaying(sound.id), () => {});
  }

  #showPlaying(id) {
    for (const item of this.#list.children) {
      item.classList.toggle("is-playing", item.dataset.id === id);
      item.querySelector("[data-listen]").setAttribute("aria-pressed", String(item.dataset.id === id));
    }
  }
}

function lengthWords(ms) {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
