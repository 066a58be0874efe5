// One <video>, kept in step: little is made up for by playing a little faster or slower, much by a jump.
// Whoever buffers stops nobody; they catch up.

import { aheadBy, isOver, positionAt, untilStart } from "./position.js";

const TICK = 200;
/** Nearer than this is in step; two people hear no echo of each other below it. */
const NEAR = 30;
/** Further than this is jumped to. Just after a change nobody minds a jump, so it is finer then. */
const FAR = 1000;
const FAR_AT_FIRST = 120;
const SETTLING = 4000;
const BETWEEN_JUMPS = 700;
/** What nobody hears; the pitch stays. */
const MOST_RATE = 0.05;
/** To make up for a difference within so many milliseconds, if the rate allows. */
const WITHIN = 1500;

export class Player {
  #video;
  #clock;
  #tell;
  #watch = null;
  #changedAt = 0;
  #jumpedAt = 0;
  #jumpTakes = 60;
  #timer = 0;
  #starting = 0;

  /** `tell` hears "over", "blocked" (no sound before a press), "waiting" and "ready", "broken". */
  constructor(video, clock, tell) {
    this.#video = video;
    this.#clock = clock;
    this.#tell = tell;
    video.preservesPitch = true;
    video.addEventListener("waiting", () => tell("waiting"));
    for (const name of ["playing", "canplay"]) video.addEventListener(name, () => tell("ready"));
    video.addEventListener("seeked", () => this.#learnJump());
    video.addEventListener("error", () => video.hasAttribute("src") && tell("broken"));
  }

  /** Show this state of `address`, which may be empty: then time goes on without a picture. */
  show(watch, address) {
    const isOther = (this.#video.getAttribute("src") ?? "") !== address;
    if (isOther || !this.#watch || isMoved(this.#watch, watch)) {
      this.#changedAt = performance.now();
      this.#jumpedAt = 0;
    }
    this.#watch = watch;
    if (isOther) this.#load(address);
    this.#video.loop = watch.loops;
    this.#timer ||= setInterval(() => this.#keepUp(), TICK);
    this.#keepUp();
  }

  stop() {
    clearInterval(this.#timer);
    clearTimeout(this.#starting);
    this.#timer = this.#starting = 0;
    this.#watch = null;
    this.#load("");
  }

  #load(address) {
    this.#video.pause();
    if (address) this.#video.src = address;
    else this.#video.removeAttribute("src");
    this.#video.load();
    if (address) this.#tell("waiting");
  }

  #keepUp() {
    const watch = this.#watch;
    if (!watch) return;
    const now = this.#clock.now;
    if (isOver(watch, now)) this.#tell("over");
    if (!this.#video.hasAttribute("src")) return;
    if (!watch.playing || isOver(watch, now)) this.#rest(positionAt(watch, now));
    else if (untilStart(watch, now)) this.#getReady(watch, untilStart(watch, now));
    else this.#run(watch, positionAt(watch, now));
  }

  #rest(position) {
    if (!this.#video.paused) this.#video.pause();
    this.#video.playbackRate = 1;
    if (!this.#video.seeking && Math.abs(this.#at - position) > 20) this.#video.currentTime = position / 1000;
  }

  /** Stand at the place from which it starts, and start at the moment. */
  #getReady(watch, wait) {
    this.#rest(watch.position_ms);
    clearTimeout(this.#starting);
    if (wait < 2 * TICK) this.#starting = setTimeout(() => this.#keepUp(), wait);
  }

  #run(watch, wanted) {
    if (this.#video.paused) {
      this.#start();
      if (Math.abs(aheadBy(watch, wanted, this.#at)) > NEAR) this.#jump(watch, wanted);
    } else if (!this.#video.seeking && this.#video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) {
      this.#correct(watch, wanted);
    }
  }

  #correct(watch, wanted) {
    const ahead = aheadBy(watch, wanted, this.#at);
    const now = performance.now();
    const far = now - this.#changedAt < SETTLING ? FAR_AT_FIRST : FAR;
    if (Math.abs(ahead) > far && now - this.#jumpedAt > BETWEEN_JUMPS) return this.#jump(watch, wanted);
    const change = Math.min(MOST_RATE, Math.max(-MOST_RATE, ahead / WITHIN));
    this.#video.playbackRate = Math.abs(ahead) < NEAR ? 1 : 1 - change;
  }

  /** A jump takes a moment, in which the others go on: aim at where they will be. */
  #jump(watch, wanted) {
    this.#jumpedAt = performance.now();
    this.#video.playbackRate = 1;
    const aim = wanted + this.#jumpTakes;
    this.#video.currentTime = (watch.loops ? aim % watch.duration_ms : Math.min(aim, watch.duration_ms)) / 1000;
  }

  #learnJump() {
    if (!this.#jumpedAt) return;
    const took = Math.min(performance.now() - this.#jumpedAt, BETWEEN_JUMPS);
    this.#jumpTakes += (took - this.#jumpTakes) / 3;
  }

  /** Browsers let no sound begin without a press; without sound they do. */
  async #start() {
    try {
      await this.#video.play();
    } catch (error) {
      if (error.name !== "NotAllowedError" || this.#video.muted) return;
      this.#video.muted = true;
      this.#tell("blocked");
      this.#video.play().catch(() => {});
    }
  }

  get #at() {
    return this.#video.currentTime * 1000;
  }
}

/** Whether somebody pressed something since; who came and what waits moves nothing. */
function isMoved(one, next) {
  return ["video", "at", "position_ms", "playing"].some((name) => one[name] !== next[name]);
}
