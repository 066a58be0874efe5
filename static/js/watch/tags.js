// Products in videos: asked for once the clips are there, shown at their moments and places.

import { getText } from "../lib/http.js";

const MOST = 30;
const EDGE = 12;
const BELOW_TABS = 88;

export class ProductTags {
  #source;

  /** `source`: where to ask, with `?v=<id>` for each video. */
  constructor(source) {
    this.#source = source;
  }

  /** Fetch what stands in these clips. Videos play without it: what fails is left out. */
  async adopt(clips) {
    const wanted = clips.filter((clip) => clip.dataset.id).slice(0, MOST);
    if (!this.#source || !wanted.length) return;
    const query = new URLSearchParams(wanted.map(({ dataset }) => ["v", dataset.id]));
    try {
      const found = document.createRange().createContextualFragment(await getText(`${this.#source}?${query}`));
      for (const clip of wanted) this.#put(clip, found.querySelector(`[data-products-of="${clip.dataset.id}"]`));
    } catch {
      // Without a line nothing can be bought either.
    }
  }

  #put(clip, template) {
    const foot = clip.querySelector(".clip__foot");
    if (!template || !foot || clip.querySelector("[data-tags]")) return;
    const parts = template.content.cloneNode(true);
    clip.querySelector("[data-stage]").append(parts.querySelector("[data-tags]"));
    foot.querySelector(".clip__make").before(parts.querySelector("[data-products]"));
    this.moved(clip, 0);
  }

  /** The clip's film is at this second. What somebody is about to press stays. */
  moved(clip, seconds) {
    const now = seconds * 1000;
    for (const tag of clip?.querySelectorAll("[data-tags] > a") ?? []) {
      const { from, until } = tag.dataset;
      const isOn = now >= Number(from) && (!until || now < Number(until));
      if (tag.hidden !== isOn || (!isOn && tag.matches(":hover, :focus"))) continue;
      tag.hidden = !isOn;
      if (isOn) place(clip, tag);
    }
  }
}

/** Where the film's point lies on the stage, which it fills or fits; never under the clip's controls. */
function place(clip, tag) {
  const stage = clip.querySelector("[data-stage]");
  const { clientWidth: width, clientHeight: height } = stage;
  const film = clip.querySelector(".clip__cover");
  const scales = [width / film.getAttribute("width"), height / film.getAttribute("height")];
  const scale = clip.matches(".clip--wide") ? Math.min(...scales) : Math.max(...scales);
  const along = (size, length, part) => (size - length * scale) / 2 + part * length * scale;
  const x = along(width, Number(film.getAttribute("width")), Number(tag.dataset.x));
  const y = along(height, Number(film.getAttribute("height")), Number(tag.dataset.y));
  const bounds = free(clip, stage);
  tag.style.setProperty("--left", clamp(x, bounds.left + EDGE + 16, bounds.right - tag.offsetWidth + 16 - EDGE));
  tag.style.setProperty("--top", clamp(y, bounds.top, bounds.bottom));
}

/** What of the stage no control stands on. */
function free(clip, stage) {
  const box = stage.getBoundingClientRect();
  const foot = clip.querySelector(".clip__foot").getBoundingClientRect();
  const side = clip.querySelector(".clip__side").getBoundingClientRect();
  const isBeside = side.left >= box.right || side.right <= box.left;
  const isAtEnd = side.left > box.left + box.width / 2;
  return {
    left: !isBeside && !isAtEnd ? side.right - box.left : 0,
    right: !isBeside && isAtEnd ? side.left - box.left : box.width,
    top: BELOW_TABS,
    bottom: Math.max(BELOW_TABS, foot.top - box.top - 28),
  };
}

const clamp = (value, least, most) => Math.max(least, Math.min(value, Math.max(least, most)));
