// Three <video> elements for any number of clips: the one seen and the two that come next. Reusing them keeps
// the permission to sound that a tap gave, and the memory of a cheap phone.

import { enterStream, isStreaming, leaveStream, playsStreams } from "./streams.js";

const POOL = 3;
const MUTED_KEY = "medley-muted";
const NARROW = 480;

function wantsSmall() {
  const line = navigator.connection;
  if (line?.saveData || /2g|3g/.test(line?.effectiveType ?? "")) return true;
  return Math.min(screen.width, innerWidth) * devicePixelRatio <= NARROW;
}

const fileOf = ({ dataset }) => (wantsSmall() ? dataset.small : dataset.large || dataset.small);

const storedMute = () => {
  try {
    return localStorage.getItem(MUTED_KEY) !== "0";
  } catch {
    return true;
  }
};

export class Players {
  isMuted = storedMute();
  #videos = [];
  #shown = null;
  #onTime;

  /** `onTime(clip, video)` is told each time a clip's video moves on. */
  constructor(onTime) {
    this.#onTime = onTime;
    for (let i = 0; i < POOL; i += 1) this.#videos.push(this.#make());
  }

  #make() {
    const video = document.createElement("video");
    video.className = "clip__video";
    video.playsInline = video.loop = video.muted = true;
    video.preload = "auto";
    video.tabIndex = -1;
    video.disablePictureInPicture = true;
    video.addEventListener("timeupdate", () => this.#onTime(video.closest("[data-clip]"), video));
    video.addEventListener("playing", () => video.closest("[data-clip]")?.classList.add("is-playing"));
    video.addEventListener("error", () => this.#fallBack(video));
    video.addEventListener("waiting", () => video.closest("[data-clip]")?.classList.add("is-waiting"));
    for (const name of ["playing", "canplay"]) video.addEventListener(name, () => video.closest("[data-clip]")?.classList.remove("is-waiting"));
    return video;
  }

  of(clip) {
    return this.#videos.find((video) => clip && video.closest("[data-clip]") === clip);
  }

  /** Play `clip`, then keep `neighbours` (next first) loaded and everything else empty. Resolves once it plays. */
  show(clip, neighbours) {
    this.#shown = clip;
    const wanted = [clip, ...neighbours].slice(0, POOL);
    if (!this.of(clip)) {
      this.#emptyBut(wanted);
      this.#enter(clip);
    }
    const starting = this.play(clip);
    for (const video of this.#videos) if (video.closest("[data-clip]") !== clip) this.#rest(video);
    this.#emptyBut(wanted);
    for (const place of wanted) if (!this.of(place)) this.#enter(place);
    return starting;
  }

  #emptyBut(wanted) {
    for (const video of this.#videos) {
      const home = video.closest("[data-clip]");
      if (home && !wanted.includes(home)) this.#leave(video);
    }
  }

  #enter(clip) {
    if (clip.dataset.covered !== undefined) return;
    const video = this.#videos.find((one) => !one.isConnected);
    if (!video) return;
    this.#fill(video, clip);
    clip.querySelector("[data-stage]").prepend(video);
    clip.querySelector("[data-stage]").prepend(clip.querySelector(".clip__cover"));
  }

  /** A long video comes in segments, a short one as one file. */
  #fill(video, clip) {
    if (!clip.dataset.stream || !playsStreams) {
      video.src = fileOf(clip);
      return;
    }
    const ready = () => clip === this.#shown && !clip.classList.contains("is-paused") && this.play(clip);
    enterStream(video, clip.dataset.stream, { ready, failed: () => this.#fallBack(video) });
  }

  /** A stream that does not play is not the video's end: there is the file. */
  #fallBack(video) {
    const clip = video.closest("[data-clip]");
    if (!clip || !isStreaming(video)) return;
    const at = video.currentTime;
    leaveStream(video);
    video.src = fileOf(clip);
    video.currentTime = at;
    if (clip === this.#shown && !clip.classList.contains("is-paused")) this.play(clip);
  }

  #leave(video) {
    this.#rest(video);
    leaveStream(video);
    video.remove();
    video.removeAttribute("src");
    video.load();
  }

  #rest(video) {
    video.pause();
    video.closest("[data-clip]")?.classList.remove("is-playing", "is-waiting", "is-paused");
  }

  async play(clip) {
    const video = this.of(clip);
    if (!video) return;
    video.muted = this.isMuted;
    clip.classList.remove("is-paused");
    try {
      await video.play();
    } catch (error) {
      if (error.name !== "NotAllowedError" || video.muted) return;
      // No sound before the first tap: browsers insist.
      video.muted = true;
      await video.play().catch(() => clip.classList.add("is-paused"));
    }
  }

  toggle(clip) {
    const video = this.of(clip);
    if (!video) return;
    if (video.paused) return this.play(clip);
    video.pause();
    clip.classList.add("is-paused");
  }

  pause() {
    this.#videos.forEach((video) => video.pause());
  }

  mute(isMuted) {
    this.isMuted = isMuted;
    this.#videos.forEach((video) => (video.muted = isMuted));
    try {
      localStorage.setItem(MUTED_KEY, isMuted ? "1" : "0");
    } catch {
      // Without storage the choice holds for this page.
    }
  }
}
