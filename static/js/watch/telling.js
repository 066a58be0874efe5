// Tells the server what was watched, how far and how often: a few at a time, by a beacon that
// outlives the page.

const TOGETHER = 20;
const WITHIN = 15_000; // ms: what is watched now trends soon
const GLIMPSE = 250; // ms: what only flew by was before nobody
const AT_START = 0.5; // s
const LOOP_FROM = 0.8;
const LOOP_TO = 0.2;
const LARGEST_STEP = 1.5; // s between two moves of the player; more is a jump of the reader's

export class Telling {
  #waiting = [];
  #now = null;
  #timer = 0;

  /** `url` takes events; `source` says where in the app this player is. */
  constructor(url, source) {
    this.url = url;
    this.source = source;
  }

  /** From here on it is this clip that is watched. */
  show(clip) {
    this.#finish();
    this.#now = { clip, watched: 0, loops: 0, last: null, since: performance.now(), at: new Date() };
  }

  /** From here on nothing is. */
  rest() {
    this.#finish();
  }

  /** The player of `clip` has moved on. */
  moved(clip, video) {
    if (this.#now?.clip !== clip) return;
    const now = this.#now;
    // Players tell of themselves four times a second: the first time a little has played already.
    now.last ??= video.currentTime < AT_START ? 0 : video.currentTime;
    const step = video.currentTime - now.last;
    if (step > 0 && step < LARGEST_STEP) now.watched += step;
    else if (step < 0 && now.last > video.duration * LOOP_FROM && video.currentTime < video.duration * LOOP_TO) {
      now.watched += video.duration - now.last + video.currentTime;
      now.loops += 1;
    }
    now.last = video.currentTime;
  }

  /** The page is left, or put aside: tell what there is. What goes on counts as another time. */
  leave() {
    const clip = this.#now?.clip;
    this.#finish();
    this.#send();
    if (clip) this.show(clip);
  }

  #finish() {
    const now = this.#now;
    this.#now = null;
    if (!now || performance.now() - now.since < GLIMPSE || !this.url) return;
    this.#waiting.push({
      video: now.clip.dataset.id,
      source: this.source,
      watched_ms: Math.round(now.watched * 1000),
      duration_ms: Number(now.clip.dataset.length) || 1,
      loops: now.loops,
      at: now.at.toISOString(),
    });
    if (this.#waiting.length >= TOGETHER) this.#send();
    else this.#timer ||= setTimeout(() => this.#send(), WITHIN);
  }

  #send() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#waiting.length) return;
    const form = new FormData();
    form.set("csrfmiddlewaretoken", document.querySelector('meta[name="csrf-token"]')?.content ?? "");
    form.set("events", JSON.stringify(this.#waiting));
    if (navigator.sendBeacon(this.url, form)) this.#waiting = [];
    else this.#waiting = this.#waiting.slice(-TOGETHER);
  }
}
