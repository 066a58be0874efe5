// Voice messages, heard one at a time: seek, speed, on to the next one, and what was not heard yet.

import { part } from "../message.js";
import { clock } from "./markup.js";

const SPEEDS = [1, 1.5, 2];
const SPEED_KEY = "medley.voice.speed";
const STEP = 5; // seconds, by the arrow keys

/** One for a conversation; `heard(voice)` is called for what was not heard before. */
export class Player {
  #root;
  #heard;
  #sound = new Audio();
  #voice = null;
  #frame = 0;

  constructor(root, heard) {
    this.#root = root;
    this.#heard = heard;
    this.#sound.preload = "auto";
    for (const type of ["play", "pause"]) this.#sound.addEventListener(type, () => this.#showState());
    this.#sound.addEventListener("ended", () => this.#ended());
    this.#sound.addEventListener("error", () => this.#voice && this.#failed());
    root.addEventListener("pointerdown", this.#drag);
    root.addEventListener("keydown", this.#key);
  }

  stop() {
    this.#sound.pause();
    cancelAnimationFrame(this.#frame);
    this.#root.removeEventListener("pointerdown", this.#drag);
    this.#root.removeEventListener("keydown", this.#key);
  }

  /** Play it, or pause it where it plays. */
  toggle(voice) {
    if (this.#voice === voice && !this.#sound.paused) return this.#sound.pause();
    this.#load(voice);
    for (const other of document.querySelectorAll("video, audio")) other.pause();
    if (!part(voice, "fresh").hidden) this.#heard(voice);
    this.#sound.play().catch(() => {});
  }

  /** One step faster, and from two times back to one; kept for the next. */
  quicken() {
    const next = SPEEDS[(SPEEDS.indexOf(speed()) + 1) % SPEEDS.length];
    localStorage.setItem(SPEED_KEY, next);
    this.#sound.playbackRate = next;
    for (const voice of this.#root.querySelectorAll(".voice")) showSpeed(voice);
  }

  #load(voice) {
    if (this.#voice === voice) return;
    if (this.#voice) this.#rest(this.#voice);
    this.#voice = voice;
    this.#sound.src = voice.dataset.src;
    this.#sound.playbackRate = speed();
  }

  #seek(voice, part) {
    const seconds = Math.max(0, Math.min(1, part)) * Number(voice.dataset.seconds);
    this.#load(voice);
    this.#sound.currentTime = seconds;
    this.#show();
  }

  #showState() {
    const isPlaying = !this.#sound.paused;
    this.#voice?.classList.toggle("is-playing", isPlaying);
    const button = this.#voice?.querySelector(".voice__play");
    if (button) {
      button.dataset.play ??= button.getAttribute("aria-label");
      button.setAttribute("aria-label", isPlaying ? button.dataset.pause : button.dataset.play);
    }
    cancelAnimationFrame(this.#frame);
    if (isPlaying) this.#follow();
  }

  #follow() {
    this.#show();
    this.#frame = requestAnimationFrame(() => this.#follow());
  }

  #show() {
    const length = Number(this.#voice.dataset.seconds) || this.#sound.duration || 1;
    showPlace(this.#voice, this.#sound.currentTime / length, this.#sound.currentTime);
  }

  #rest(voice) {
    voice.classList.remove("is-playing");
    showPlace(voice, 0, Number(voice.dataset.seconds));
  }

  /** What comes next in the conversation is heard on its own, where it was not yet. */
  #ended() {
    const ended = this.#voice;
    this.#rest(ended);
    this.#voice = null;
    const all = [...this.#root.querySelectorAll(".message .voice")];
    const next = all[all.indexOf(ended) + 1];
    if (next && !part(next, "fresh").hidden) this.toggle(next);
  }

  #failed() {
    this.#rest(this.#voice);
    this.#voice = null;
    this.#root.dispatchEvent(new CustomEvent("talk:problem", { detail: gettext("This voice message cannot be played now.") }));
  }

  #drag = (event) => {
    const track = event.target.closest(".voice__track");
    if (!track || event.button) return;
    event.preventDefault();
    const voice = track.closest(".voice");
    const move = ({ clientX }) => {
      const box = track.getBoundingClientRect();
      this.#seek(voice, (clientX - box.left) / box.width);
    };
    const lift = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", lift);
      removeEventListener("pointercancel", lift);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", lift);
    addEventListener("pointercancel", lift);
    track.focus({ preventScroll: true });
    move(event);
  };

  #key = (event) => {
    const track = event.target.closest(".voice__track");
    const step = { ArrowRight: STEP, ArrowUp: STEP, ArrowLeft: -STEP, ArrowDown: -STEP, Home: -Infinity, End: Infinity }[event.key];
    if (!track) return;
    const voice = track.closest(".voice");
    if (event.key === " " || event.key === "Enter") this.toggle(voice);
    else if (step) {
      const here = this.#voice === voice ? this.#sound.currentTime : 0;
      this.#seek(voice, (here + step) / Number(voice.dataset.seconds));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function showPlace(voice, played, seconds) {
  const track = part(voice, "track");
  voice.style.setProperty("--played", `${Math.min(100, played * 100).toFixed(2)}%`);
  part(voice, "clock").textContent = clock(seconds);
  track.setAttribute("aria-valuenow", Math.round(played * Number(voice.dataset.seconds)));
  track.setAttribute("aria-valuetext", clock(played * Number(voice.dataset.seconds)));
}

/** Show a voice message as this person left it: their speed, and whether it waits to be heard. */
export function dress(voice, isMine) {
  showSpeed(voice);
  part(voice, "fresh").hidden = isMine || "heard" in voice.dataset || voice.dataset.medium.startsWith("local:");
}

function showSpeed(voice) {
  voice.querySelector(".voice__speed").textContent = `${new Intl.NumberFormat(document.documentElement.lang).format(speed())}×`;
}

function speed() {
  const kept = Number(localStorage.getItem(SPEED_KEY));
  return SPEEDS.includes(kept) ? kept : 1;
}
