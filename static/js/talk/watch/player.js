// One <video>, kept in step: little is made up for by playing a little faster or slower, much by a jump.
// Whoever buffers stops nobody; they catch up.

import { aheadBy, isOver, positionAt, untilStart } from "./position.js";

const TICK = 200;
/** Nearer than this is in step; two people hear no echo of each other below it. */
const NEAR = 30;
/** Further than this is jumped to. Before one was in step, after a change or a halt, nobody minds a jump: it is finer then. */
const FAR = 1000;
const FAR_AT_FIRST = 120;
/** A jump takes its time; where it does not help, the line or the machine is slow, and jumping only costs. */
const BETWEEN_JUMPS = 700;
const LONGEST_BETWEEN = 4000;
/** What nobody hears; the pitch stays. */
const MOST_RATE = 0.05;
/** To make up for a difference within so many milliseconds, if the rate allows. */
const WITHIN = 1500;

export class Player {
  #video;
  #clock;
  #tell;
  #watch = null;
  #isInStep = false;
  #jumpedAt = 0;
  #patience = BETWEEN_JUMPS;
  #jumpTakes = 60;
  #timer = 0;
  #starting = 0;

  /** `tell` hears "over", "blocked" (no sound before a press), "waiting", "ready", "in step" and "broken". */
  constructor(video, clock, tell) {
    this.#video = video;
    this.#clock = clock;
    this.#tell = tell;
    video.preservesPitch = true;
    video.addEventListener("waiting", () => this.#halted());
    for (const name of ["playing", "canplay"]) video.addEventListener(name, () => tell("ready"));
    video.addEventListener("seeked", () => this.#learnJump());
    video.addEventListener("error", () => video.hasAttribute("src") && tell("broken"));
  }

  /**
   * Show this state of `address`, which may be empty: then time goes on without a picture. Answers whether it is in step
   * already; if not, that is told.
   */
  show(watch, address) {
    const isOther = (this.#video.getAttribute("src") ?? "") !== address;
    if (isOther || !this.#watch || isMoved(this.#watch, watch)) {
      this.#isInStep = false;
      this.#jumpedAt = 0;
      this.#patience = BETWEEN_JUMPS;
    }
    this.#watch = watch;
    if (isOther) this.#load(address);
    this.#video.loop = watch.loops;
    this.#timer ||= setInterval(() => this.#keepUp(), TICK);
    this.#keepUp();
    return this.#isInStep;
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
    if (address) this.#halted();
  }

  #halted() {
    this.#isInStep = false;
    this.#tell("waiting");
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
    if (this.#video.seeking) return;
    if (Math.abs(this.#at - position) > NEAR) this.#video.currentTime = position / 1000;
    else if (!this.#watch.playing) this.#arrived();
  }

  #arrived() {
    if (this.#isInStep) return;
    this.#isInStep = true;
    this.#patience = BETWEEN_JUMPS;
    this.#tell("in step");
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
    const isFar = Math.abs(ahead) > (this.#isInStep ? FAR : FAR_AT_FIRST);
    if (!isFar) this.#arrived();
    else if (performance.now() - this.#jumpedAt > this.#patience) return this.#jump(watch, wanted);
    const change = Math.min(MOST_RATE, Math.max(-MOST_RATE, ahead / WITHIN));
    this.#video.playbackRate = Math.abs(ahead) < NEAR ? 1 : 1 - change;
  }

  /** A jump takes a moment, in which the others go on: aim at where they will be. */
  #jump(watch, wanted) {
    if (this.#jumpedAt) this.#patience = Math.min(this.#patience * 1.5, LONGEST_BETWEEN);
    this.#jumpedAt = performance.now();
    this.#isInStep = false;
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
