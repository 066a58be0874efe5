// The feed: plays the clip in view, loads the next page before it is needed, answers taps and keys.

import { getText, request } from "../lib/http.js";
import { toast } from "../lib/toast.js";
import { Folding } from "../watch/folding.js";
import { listenForLess } from "../watch/less.js";
import { Players } from "../watch/players.js";
import { listenForSeeking, sayPosition } from "../watch/seeking.js";
import { fillSheet } from "../watch/sheets.js";
import { Subtitles } from "../watch/subtitles.js";
import { ProductTags } from "../watch/tags.js";
import { burst, onTaps } from "../watch/taps.js";
import { Telling } from "../watch/telling.js";

const AHEAD = "200% 0px";
const MOST = 0.6;

class Feed {
  constructor(root) {
    this.root = root;
    this.scroll = root.querySelector("[data-scroll]");
    this.players = new Players((clip, video) => this.#moved(clip, video));
    this.telling = new Telling(root.dataset.tells, root.dataset.source);
    this.folding = new Folding((clip) => this.#unfolded(clip));
    this.subtitles = new Subtitles();
    this.tags = new ProductTags(root.dataset.tags);
    this.current = null;
    this.place = 0;
    this.watcher = new IntersectionObserver((entries) => this.#crossed(entries), { root: this.scroll, threshold: MOST });
    this.loader = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && this.#more(entry.target)), { root: this.scroll, rootMargin: AHEAD });
    this.#adopt(this.scroll);
    this.keys = (event) => this.#key(event);
    this.visibility = () => (document.hidden ? this.#aside() : this.current && this.players.play(this.current));
    this.left = () => this.telling.leave();
    addEventListener("pagehide", this.left);
    listenForLess(document.getElementById("why-sheet"), () => this.current, (kind, clip) => this.#lessOf(kind, clip));
    document.addEventListener("keydown", this.keys);
    document.addEventListener("visibilitychange", this.visibility);
    root.addEventListener("click", (event) => this.#press(event));
    root.addEventListener("submit", (event) => this.#follow(event));
    root.addEventListener("input", (event) => this.#seek(event));
    listenForSeeking(root);
    root.addEventListener("kept", (event) => toast(event.detail.words, { href: event.detail.href, label: event.detail.label }));
    this.#showMute();
  }

  stop() {
    this.watcher.disconnect();
    this.loader.disconnect();
    document.removeEventListener("keydown", this.keys);
    document.removeEventListener("visibilitychange", this.visibility);
    removeEventListener("pagehide", this.left);
    this.#aside();
  }

  #aside() {
    this.players.pause();
    this.telling.leave();
  }

  get clips() {
    return [...this.scroll.querySelectorAll("[data-clip]")];
  }

  #adopt(root) {
    const clips = [...root.querySelectorAll("[data-clip]:not([data-ready])")];
    this.tags.adopt(clips);
    for (const clip of clips) {
      clip.dataset.ready = "";
      this.watcher.observe(clip);
      const stage = clip.querySelector("[data-stage]");
      this.#listen(clip, stage);
    }
    root.querySelectorAll("[data-next]").forEach((more) => this.loader.observe(more));
  }

  #listen(clip, stage) {
    onTaps(clip.querySelector("[data-toggle]"), {
      single: () => this.players.toggle(clip),
      double: (event) => this.#love(clip, stage, event),
    });
  }

  #unfolded(clip) {
    this.#listen(clip, clip.querySelector("[data-stage]"));
    globalThis.htmx?.process(clip);
    this.#showMute();
  }

  #crossed(entries) {
    const seen = entries.filter((entry) => entry.isIntersecting).pop();
    if (seen) this.show(seen.target);
  }

  show(clip) {
    if (clip === this.current) return;
    this.current = clip;
    this.#watch(clip);
    this.#offerQuickSend(clip);
    document.querySelectorAll(".shared__video").forEach((video) => video.pause());
  }

  /** The two that come next, whichever way the reader goes; at the end the one they came from. */
  #ahead(clips, here) {
    const step = here < this.place ? -1 : 1;
    this.place = here;
    return [here + step, here + 2 * step, here - step].map((place) => clips[place]).filter(Boolean).slice(0, 2);
  }

  #watch(clip) {
    const clips = this.clips;
    const here = clips.indexOf(clip);
    const beside = this.#ahead(clips, here);
    this.folding.unfold([clip, ...beside]);
    // Covered is not watched.
    if (clip.dataset.covered === undefined) this.telling.show(clip);
    else this.telling.rest();
    this.players.show(clip, beside).then(() => clip === this.current && this.folding.around(clips, here));
    this.subtitles.show(clip, this.players.of(clip));
  }

  /** The viewer wants to see what is sensitive. */
  #uncover(clip) {
    delete clip.dataset.covered;
    clip.classList.remove("clip--covered");
    clip.querySelector(".clip__warning").remove();
    this.#watch(clip);
    clip.querySelector("[data-toggle]").focus();
  }

  #offerQuickSend(clip) {
    const place = clip.querySelector("[data-quick-send]");
    const template = this.root.querySelector("template[data-quick]");
    if (!place || !template || place.childElementCount) return;
    place.append(template.content.cloneNode(true));
    const everybody = place.querySelector("[data-send]");
    if (everybody) everybody.dataset.send = clip.querySelector(".clip__side [data-send]").dataset.send;
  }

  async #more(marker) {
    this.loader.unobserve(marker);
    try {
      const fragment = document.createRange().createContextualFragment(await getText(marker.dataset.next));
      marker.replaceWith(fragment);
      this.#adopt(this.scroll);
    } catch {
      setTimeout(() => marker.isConnected && this.loader.observe(marker), 3000);
    }
  }

  #moved(clip, video) {
    if (!clip || !video.duration) return;
    const seek = clip.querySelector("[data-seek]");
    if (!seek.matches(":active")) seek.value = String((video.currentTime / video.duration) * 1000);
    seek.style.setProperty("--at", seek.value / 10);
    if (seek.matches(":focus")) sayPosition(clip, seek);
    this.telling.moved(clip, video);
    this.tags.moved(clip, video.currentTime);
  }

  #seek(event) {
    const seek = event.target.closest("[data-seek]");
    const video = seek && this.players.of(seek.closest("[data-clip]"));
    if (!video?.duration) return;
    seek.style.setProperty("--at", seek.value / 10);
    video.currentTime = (seek.value / 1000) * video.duration;
  }

  #love(clip, stage, event) {
    burst(stage, event);
    const form = clip.querySelector("[data-like]");
    if (!form) return location.assign(clip.querySelector(".clip__side a.clip__act").href);
    if (form.querySelector("[aria-pressed=false]")) form.requestSubmit();
  }

  #press(event) {
    const pressed = (name) => event.target.closest(`[data-${name}]`);
    const mute = pressed("mute");
    if (mute) {
      this.players.mute(!this.players.isMuted);
      return this.#showMute();
    }
    const subtitle = pressed("subtitle");
    if (subtitle) return this.#readAlong(subtitle);
    const uncover = pressed("uncover");
    if (uncover) return this.#uncover(uncover.closest("[data-clip]"));
    const comments = pressed("comments");
    if (comments) return fillSheet("comments-sheet", comments.dataset.comments);
    const why = pressed("why");
    if (why) return fillSheet("why-sheet", why.dataset.why);
    const products = pressed("products");
    if (products) return fillSheet("products-sheet", products.dataset.products);
    const send = pressed("send");
    if (send) return fillSheet("share-sheet", send.dataset.send);
    const copy = pressed("copy");
    if (copy) this.#copy(copy.dataset.copy);
  }

  #lessOf(kind, clip) {
    const ahead = this.clips.slice(this.clips.indexOf(clip) + 1);
    this.#step(1);
    if (kind === "author") ahead.filter((one) => one.dataset.author === clip.dataset.author).forEach((one) => one.remove());
  }

  #readAlong({ dataset, parentElement }) {
    this.subtitles.choose(dataset.subtitle);
    parentElement.hidePopover();
  }

  #showMute() {
    this.root.classList.toggle("is-muted", this.players.isMuted);
    for (const button of this.root.querySelectorAll("[data-mute]")) button.setAttribute("aria-pressed", String(this.players.isMuted));
  }

  async #copy(path) {
    await navigator.clipboard?.writeText(new URL(path, location.href).href);
    toast(gettext("Link copied"));
  }

  async #follow(event) {
    const form = event.target.closest("[data-follow]");
    if (!form) return;
    event.preventDefault();
    try {
      await request(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
      form.classList.add("is-done");
      setTimeout(() => this.root.querySelectorAll(`[data-follow][action="${form.getAttribute("action")}"]`).forEach((one) => one.remove()), 900);
    } catch (problem) {
      toast(problem.message, { isBad: true });
    }
  }

  #key(event) {
    if (event.target.closest("input:not([type=range]), textarea, select, dialog, .talk, [contenteditable]") || event.metaKey || event.ctrlKey || event.altKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step && !event.target.matches("[type=range]")) this.#step(step);
    else if (event.key === "m") this.root.querySelector("[data-mute]")?.click();
    else if (event.key === "c") this.subtitles.toggle();
    else if (event.key === "l") this.current?.querySelector("[data-like]")?.requestSubmit();
    else if (event.key === " " && !event.target.closest("button, a, input")) this.players.toggle(this.current);
    else return;
    event.preventDefault();
  }

  #step(by) {
    const stops = [...this.scroll.querySelectorAll("[data-clip], .feed__end")];
    const here = stops.findIndex((stop) => Math.abs(stop.getBoundingClientRect().top - this.scroll.getBoundingClientRect().top) < stop.clientHeight / 2);
    stops[here + by]?.scrollIntoView({ behavior: "smooth" });
  }
}

export default function feed(root) {
  const running = new Feed(root);
  return () => running.stop();
}
