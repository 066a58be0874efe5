// The tools below the stage: tabs by press and arrow keys, one panel at a time.

import { ClipsPanel } from "./tools/clips.js";
import { CoverPanel } from "./tools/cover.js";
import { FilterPanel } from "./tools/filter.js";
import { MusicPanel } from "./tools/music.js";
import { SpeedPanel } from "./tools/speed.js";
import { TextPanel } from "./tools/text.js";
import { VolumePanel } from "./tools/volume.js";

const PANELS = { clips: ClipsPanel, speed: SpeedPanel, filter: FilterPanel, text: TextPanel, music: MusicPanel, volume: VolumePanel, cover: CoverPanel };
const OF_CHOICE = { text: "text", music: "music" };

/** `studio` is what all of the editor shares; each panel has `draw()`, called when it opens too. */
export class Tools {
  #tabs;
  #panels = {};

  constructor(root, studio) {
    this.#tabs = [...root.querySelectorAll("[role=tab]")];
    for (const [name, Panel] of Object.entries(PANELS)) {
      this.#panels[name] = new Panel(root.querySelector(`#panel-${name}`), studio);
    }
    for (const tab of this.#tabs) tab.addEventListener("click", () => this.open(nameOf(tab)));
    root.querySelector("[role=tablist]").addEventListener("keydown", (event) => this.#key(event));
    studio.edit.addEventListener("chosen", () => this.#follow(studio.edit.chosen));
  }

  get clips() {
    return this.#panels.clips;
  }

  open(name) {
    for (const tab of this.#tabs) {
      const isThis = nameOf(tab) === name;
      tab.setAttribute("aria-selected", String(isThis));
      tab.tabIndex = isThis ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !isThis;
      if (isThis) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.#panels[name].draw();
  }

  /** Who takes up words or the music wants their panel. */
  #follow(chosen) {
    if (chosen && OF_CHOICE[chosen.kind]) this.open(OF_CHOICE[chosen.kind]);
  }

  #key(event) {
    const at = this.#tabs.indexOf(event.target.closest("[role=tab]"));
    const last = this.#tabs.length - 1;
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const ways = { ArrowRight: at + forward, ArrowLeft: at - forward, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last };
    if (!(event.key in ways)) return;
    event.preventDefault();
    event.stopPropagation();
    const tab = this.#tabs[(ways[event.key] + last + 1) % (last + 1)];
    tab.focus();
    this.open(nameOf(tab));
  }
}

const nameOf = (tab) => tab.id.replace("tab-", "");
