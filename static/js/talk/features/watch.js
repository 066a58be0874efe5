// Watching together: one player for the conversation, in step for everybody who joins (docs/socket.md).

import { live } from "../../lib/live.js";
import { toast } from "../../lib/toast.js";
import { fillSheet } from "../../watch/sheets.js";
import { Clock } from "../watch/clock.js";
import { Panel } from "../watch/panel.js";
import { Player } from "../watch/player.js";
import { positionAt } from "../watch/position.js";
import * as verbs from "../watch/verbs.js";

/** Said so often, one stays; the server lets go of whoever is silent for 40 seconds. */
const HERE_EVERY = 10_000;
const SHOWN_EVERY = 250;
const STEP = 5000;
/** Everybody notices the end at once: the host says so first, the others only if nobody did. */
const END_AFTER = 400;
const END_WITHIN = 1500;
const THERE_KEY = "medley-watching";

export class Watch {
  #talk;
  #panel;
  #player;
  #clock = new Clock();
  #version = -1;
  #watch = null;
  #isThere = false;
  /** Cards by video id; null where the viewer may not watch it. */
  #cards = new Map();
  #asked = null;
  #timers = [];
  #ending = 0;
  #isBlocked = false;
  #stops = [];

  constructor(talk) {
    this.#talk = talk;
    if (!talk.root.querySelector("[data-watch]") || !talk.may_send) return;
    this.#panel = new Panel(talk);
    this.#player = new Player(this.#panel.video, this.#clock, (what) => this.#hear(what));
    const seek = () => this.#control("seek", { position_ms: Math.round((this.#panel.seek.value / 1000) * this.#watch.duration_ms) });
    const key = (event) => this.#key(event);
    this.#panel.seek.addEventListener("change", seek);
    this.#panel.root.addEventListener("keydown", key);
    this.#stops = [
      live.on("watch", (frame) => frame.conversation === talk.id && this.#learn(frame)),
      live.on("state", ({ state }) => state === "open" && this.#isThere && this.#comeBack()),
      () => this.#panel.seek.removeEventListener("change", seek),
      () => this.#panel.root.removeEventListener("keydown", key),
    ];
    this.#begin(talk.watch ?? { version: 0, watch: null });
  }

  stop() {
    this.#stops.forEach((stop) => stop());
    if (this.#panel) this.#goAway();
  }

  tools = {
    watch: () => this.#choose(),
    "watch-pick": ({ dataset }) => this.#pick(dataset.video),
    "watch-join": () => this.#join(),
    "watch-leave": () => this.#leave(),
    "watch-toggle": () => this.#control(this.#watch.playing ? "pause" : "play"),
    "watch-next": () => this.#control("next", { version: this.#version }),
    "watch-end": () => this.#control("end"),
    "watch-host": ({ dataset }) => this.#control("host", { to: dataset.to }),
    "watch-host-only": ({ checked }) => this.#control("host_only", { on: checked }),
    "watch-up": ({ dataset }) => this.#attempt(verbs.move(this.#talk.id, dataset.entry, 0)),
    "watch-remove": ({ dataset }) => this.#attempt(verbs.remove(this.#talk.id, dataset.entry)),
    "watch-queue": () => this.#talk.root.querySelector("#watch-queue").showModal(),
    "watch-mute": () => this.#mute(!this.#panel.video.muted),
    "watch-full": () => this.#fullScreen(),
  };

  acts = {
    "watch-video": (item) => this.#pick(sharedVideo(item)),
    "collect-video": (item) => this.#collect(sharedVideo(item)),
  };

  offers = {
    "watch-video": (message, item) => Boolean(sharedVideo(item)) && (this.#may("watch") || this.#watch !== null),
    "collect-video": (message, item) => Boolean(sharedVideo(item)) && this.#may("collect"),
  };

  /** Nothing of it goes with a first request (R13). */
  #may(what) {
    return !this.#talk.is_request && this.#talk[`may_${what}`];
  }

  // --- What the server tells ------------------------------------------------------------------------------

  /** Whoever watched here before this page was loaded goes on; who came by a form joins. */
  #begin(report) {
    this.#learn(report);
    const wasThere = stored() === this.#talk.id && this.#watch?.people.includes(this.#talk.me);
    if (wasThere || (location.hash === "#watch" && this.#watch)) this.#join();
  }

  /** A report, from a frame or an answer: the newest is the truth, the others are late. */
  #learn({ version, watch, did }) {
    if (version < this.#version || version === undefined) return;
    const isNews = version > this.#version;
    this.#version = version;
    this.#watch = watch;
    if (!watch && this.#isThere) this.#over();
    // Somebody else's device of ours said that we left, or the server that we were silent too long.
    if (did && isNews && this.#isThere) this.#panel.showDid(did);
    this.#show();
    if (watch) this.#learnCards(watch);
  }

  #show() {
    const version = this.#version;
    if (!this.#watch) return this.#panel.show(null, { version, isThere: false });
    const card = this.#cards.get(this.#watch.video);
    this.#panel.show(this.#watch, { version, isThere: this.#isThere, card, cards: this.#cards });
    if (!this.#isThere) return;
    this.#panel.showInStep(this.#player.show(this.#watch, card?.video ?? ""));
  }

  /** What the viewer may watch is theirs to ask; people who came since the page was made, too. */
  async #learnCards(watch) {
    const videos = [watch.video, ...watch.queue.map((entry) => entry.video)].filter(Boolean);
    const learnt = await this.#talk.people.learn([...watch.people, watch.host].filter(Boolean));
    if (videos.every((id) => this.#cards.has(id))) return learnt && this.#show();
    this.#asked ??= verbs.look(this.#talk.id).finally(() => (this.#asked = null));
    try {
      const { cards } = await this.#asked;
      for (const id of videos) this.#cards.set(id, cards[id] ?? null);
      this.#show();
    } catch {
      // Asked again with the next report.
    }
  }

  // --- Being there ----------------------------------------------------------------------------------------

  /** The press is what lets sound begin. */
  async #join() {
    await this.#attempt(this.#enter(verbs.join(this.#talk.id)));
  }

  async #enter(asked) {
    this.#learn(await asked);
    if (!this.#watch || this.#isThere) return;
    this.#isThere = true;
    store(this.#talk.id);
    this.#showSound();
    this.#timers = [
      setInterval(() => this.#stay(), HERE_EVERY),
      setInterval(() => this.#panel.showPosition(this.#watch, positionAt(this.#watch, this.#clock.now)), SHOWN_EVERY),
    ];
    await this.#clock.settle();
    this.#show();
    this.#panel.root.focus({ preventScroll: true });
  }

  async #stay() {
    this.#clock.sample();
    try {
      this.#learn(await verbs.join(this.#talk.id));
    } catch (error) {
      // No line is no answer; a no is one.
      if (error.code) this.#over();
    }
  }

  #comeBack() {
    this.#clock.settle();
    this.#stay();
  }

  async #leave() {
    this.#goAway();
    this.#show();
    await this.#attempt(verbs.leave(this.#talk.id));
  }

  #over() {
    this.#goAway();
    toast(gettext("Watching together is over."));
    this.#show();
  }

  #goAway() {
    this.#isThere = false;
    this.#timers.forEach((timer) => clearInterval(timer));
    clearTimeout(this.#ending);
    this.#player.stop();
    if (document.fullscreenElement === this.#panel.root) document.exitFullscreen();
    if (stored() === this.#talk.id) store("");
  }

  // --- What the player tells --------------------------------------------------------------------------------

  #hear(what) {
    if (what === "over") return this.#sayOver();
    if (what === "in step") return this.#panel.showInStep(true);
    if (what === "waiting" || what === "ready") return this.#panel.showWaiting(what === "waiting");
    if (what === "broken") this.#lostCard();
    if (what === "blocked") {
      this.#isBlocked = true;
      this.#showSound();
    }
  }

  #sayOver() {
    if (this.#ending) return;
    const version = this.#version;
    const isHost = this.#watch.host === this.#talk.me;
    const patience = END_AFTER + (isHost ? 0 : END_WITHIN * (0.4 + Math.random()));
    this.#ending = setTimeout(() => {
      this.#ending = 0;
      if (this.#isThere && this.#version === version) this.#control("ended", { version });
    }, isHost ? 0 : patience);
  }

  /** The file is not there (any more): ask whether the viewer may watch it. */
  #lostCard() {
    this.#panel.showWaiting(false);
    setTimeout(() => {
      if (!this.#isThere) return;
      this.#cards.delete(this.#watch.video);
      this.#learnCards(this.#watch);
    }, 2000);
  }

  #mute(isMuted) {
    this.#panel.video.muted = isMuted;
    this.#isBlocked = false;
    this.#showSound();
  }

  #showSound() {
    this.#panel.showSound({ isMuted: this.#panel.video.muted, isBlocked: this.#isBlocked });
  }

  #fullScreen() {
    if (document.fullscreenElement) return document.exitFullscreen();
    const { root, video } = this.#panel;
    if (root.requestFullscreen) root.requestFullscreen();
    else video.webkitEnterFullscreen?.(); // the only one an iPhone has
  }

  // --- What the person does -----------------------------------------------------------------------------

  #choose() {
    this.#talk.root.querySelector("#watch-queue").close();
    fillSheet("watch-choose", `/chat/${this.#talk.id}/watch/choose/`);
  }

  /** Begin with it, or put it behind what is on. */
  async #pick(video) {
    document.getElementById("watch-choose").close();
    const isOn = this.#watch !== null;
    const asked = this.#isThere ? verbs.add(this.#talk.id, video) : verbs.start(this.#talk.id, video);
    const isDone = await this.#attempt(this.#enter(asked));
    if (isDone && isOn) toast(gettext("Added. It comes after the others."));
  }

  async #collect(video) {
    const isDone = await this.#attempt(verbs.collect(this.#talk.id, video));
    if (isDone) toast(gettext("Saved to the collection."), { href: `/chat/${this.#talk.id}/collection/`, label: gettext("Open") });
  }

  /** As players do everywhere: space, arrows, M and F, while one is at the player. */
  #key(event) {
    if (event.target !== this.#panel.root || event.metaKey || event.ctrlKey || event.altKey) return;
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step) this.#control("seek", { position_ms: Math.max(0, Math.round(positionAt(this.#watch, this.#clock.now) + step)) });
    else if (event.key === " ") this.#control(this.#watch.playing ? "pause" : "play");
    else if (event.key === "m") this.#mute(!this.#panel.video.muted);
    else if (event.key === "f") this.#fullScreen();
    else return;
    event.preventDefault();
  }

  #control(action, wish) {
    return this.#attempt(verbs.control(this.#talk.id, action, wish));
  }

  /** Do something and learn what it led to; a no is said in words, and undone where it was shown. */
  async #attempt(asked) {
    try {
      const report = await asked;
      if (report?.version !== undefined) this.#learn(report);
      return true;
    } catch (error) {
      toast(error.message, { isBad: true });
      this.#show();
      return false;
    }
  }
}

/** The id of the video that hangs on a message, where the viewer may watch it. */
function sharedVideo(item) {
  const figure = item.querySelector(".shared:not(.is-gone)");
  return figure && !figure.hidden && figure.dataset.kind === "video" ? figure.dataset.id : "";
}

function stored() {
  try {
    return sessionStorage.getItem(THERE_KEY);
  } catch {
    return null;
  }
}

function store(conversation) {
  try {
    sessionStorage.setItem(THERE_KEY, conversation);
  } catch {
    // Without storage one joins again after a reload.
  }
}
