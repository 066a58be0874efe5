// The stage plays the recipe as it will be rendered: two players take turns, so that no cut is seen coming.

import { lengthOf, placeAt, placed, sourceTime } from "./recipe.js";

const UPRIGHT = 9 / 16;
const NEAR = 12; // ms before the end of a segment at which the next one takes over

/** Tells `playing` when it starts and stops. */
export class Stage extends EventTarget {
  isPlaying = false;
  #edit;
  #clips;
  #front;
  #back;
  #place = null;
  #frame = 0;
  #wanted = null;
  #blindSince = 0;

  constructor(root, edit, clips, filters) {
    super();
    this.root = root;
    this.filters = filters;
    this.#edit = edit;
    this.#clips = clips;
    [this.#front, this.#back] = [player(), player()];
    this.#front.classList.add("is-front");
    root.querySelector("[data-frame]").prepend(this.#front, this.#back);
    edit.addEventListener("recipe", () => this.#recut());
    edit.addEventListener("time", ({ detail }) => detail === "hand" && this.#jump());
    clips.addEventListener("change", () => this.#recut());
    for (const film of [this.#front, this.#back]) film.addEventListener("seeked", () => this.#seekOn(film));
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#front.pause();
    this.#back.pause();
  }

  toggle() {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  play() {
    if (!this.#edit.total || this.isPlaying) return;
    if (this.#edit.time >= this.#edit.total - NEAR) this.#edit.goTo(0);
    this.isPlaying = true;
    this.#tell();
    this.#show(this.#edit.time);
    this.#start();
    this.#frame = requestAnimationFrame(this.#follow);
  }

  pause() {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    cancelAnimationFrame(this.#frame);
    this.#front.pause();
    this.#tell();
  }

  /** Whether pictures move just now: false while the film is still fetched. */
  get isMoving() {
    if (!this.#front.dataset.url) return this.isPlaying;
    return this.isPlaying && !this.#front.paused && this.#front.readyState > 2;
  }

  #tell() {
    this.dispatchEvent(new Event("playing"));
  }

  /** The recipe or a clip's address changed: show this moment anew. */
  #recut() {
    const { filter, volume } = this.#edit.recipe;
    for (const film of [this.#front, this.#back]) {
      film.style.filter = this.filters[filter] ?? "";
      film.volume = volume;
    }
    this.root.classList.toggle("is-empty", !this.#edit.total);
    this.root.style.setProperty("--frame", this.#shape);
    if (!this.#edit.total) return this.pause();
    this.#jump();
  }

  /** Width by height of the finished film: the first clip gives it, two videos together stand upright. */
  get #shape() {
    const { layout, segments } = this.#edit.recipe;
    const { width, height } = this.#clips.get(segments[0]?.clip) ?? {};
    return layout || !width || !height ? UPRIGHT : width / height;
  }

  #jump() {
    this.#show(this.#edit.time);
    if (this.isPlaying) this.#start();
  }

  #show(time) {
    const place = placeAt(this.#edit.recipe, time);
    if (!place) return;
    this.#place = place;
    const url = this.#load(this.#front, place.segment.clip);
    this.root.classList.toggle("is-blind", !url);
    this.#seek(this.#front, sourceTime(place, time) / 1000);
    this.#prepare();
  }

  #load(film, clip) {
    const url = this.#clips.get(clip)?.url ?? "";
    if ((film.dataset.url ?? "") === url) return url;
    film.dataset.url = url;
    if (url) film.src = url;
    else film.removeAttribute("src");
    return url;
  }

  /** One seek at a time: a dragged playhead asks faster than films answer. */
  #seek(film, seconds) {
    if (film !== this.#front) return void (film.currentTime = seconds);
    this.#wanted = film.seeking ? seconds : null;
    if (!film.seeking && Math.abs(film.currentTime - seconds) > 0.001) film.currentTime = seconds;
  }

  #seekOn(film) {
    if (film !== this.#front || this.#wanted === null) return;
    const wanted = this.#wanted;
    this.#wanted = null;
    this.#seek(film, wanted);
  }

  #start() {
    const { speed } = this.#place.segment;
    this.#front.playbackRate = speed;
    // A player that is asked to pause meanwhile refuses; nothing is lost.
    if (this.#front.dataset.url) this.#front.play().catch(() => {});
    this.#blindSince = performance.now() - (this.#edit.time - this.#place.from);
  }

  /** The next segment waits behind the curtain at its first picture. */
  #prepare() {
    const next = placed(this.#edit.recipe)[this.#place.index + 1];
    if (!next || this.#isSeamless(next)) return;
    this.#back.pause();
    if (this.#load(this.#back, next.segment.clip)) this.#back.currentTime = next.segment.in_ms / 1000;
  }

  #isSeamless({ segment }) {
    const now = this.#place.segment;
    return segment.clip === now.clip && segment.in_ms === now.out_ms;
  }

  #follow = () => {
    if (!this.isPlaying) return;
    this.#frame = requestAnimationFrame(this.#follow);
    if (this.#front.seeking) return;
    const { from, to } = this.#place;
    const time = this.#now;
    if (time < to - NEAR && !this.#front.ended) this.#edit.goTo(Math.max(from, time), "player");
    else this.#advance();
  };

  /** A film this browser cannot show takes its time all the same. */
  get #now() {
    const { segment, from } = this.#place;
    if (!this.#front.dataset.url) return from + performance.now() - this.#blindSince;
    return from + (this.#front.currentTime * 1000 - segment.in_ms) / segment.speed;
  }

  #advance() {
    const next = placed(this.#edit.recipe)[this.#place.index + 1];
    if (!next) return this.#end();
    const isSeamless = this.#isSeamless(next);
    this.#place = next;
    if (!isSeamless) this.#swap();
    this.#edit.goTo(next.from, "player");
    this.#start();
    this.#prepare();
  }

  #swap() {
    [this.#front, this.#back] = [this.#back, this.#front];
    this.#front.classList.add("is-front");
    this.#back.classList.remove("is-front");
    this.#back.pause();
    this.root.classList.toggle("is-blind", !this.#front.dataset.url);
  }

  #end() {
    this.pause();
    this.#edit.goTo(this.#edit.total, "player");
  }
}

function player() {
  const film = document.createElement("video");
  Object.assign(film, { className: "stage__film", playsInline: true, preload: "auto", tabIndex: -1 });
  film.setAttribute("aria-hidden", "true");
  return film;
}

/** `0:12.3`: where the playhead is, to a tenth. */
export function stamp(ms) {
  const tenths = Math.floor(ms / 100);
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  return `${minutes}:${String(Math.floor(rest / 10)).padStart(2, "0")}.${rest % 10}`;
}

/** How a segment is called: `Clip 2 of 3, 4.2 seconds`. */
export function nameOf(recipe, index) {
  const seconds = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const length = seconds.format(lengthOf(recipe.segments[index]) / 1000);
  return interpolate(gettext("Clip %s of %s, %s seconds"), [index + 1, recipe.segments.length, length]);
}
