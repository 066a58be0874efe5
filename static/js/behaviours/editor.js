// The editor of a draft: makes its parts, and lets keys, files and buttons act on them.

import { toast } from "../lib/toast.js";
import { Beside } from "../editor/beside.js";
import { Camera } from "../editor/camera.js";
import { Clips } from "../editor/clips.js";
import { Edit } from "../editor/edit.js";
import { Filmstrips } from "../editor/filmstrips.js";
import { Music } from "../editor/music.js";
import { PostSheet } from "../editor/post.js";
import { EMPTY, LONGEST, withClip } from "../editor/recipe.js";
import { Saving } from "../editor/saving.js";
import { stamp, Stage } from "../editor/stage.js";
import { Texts } from "../editor/texts.js";
import { Timeline } from "../editor/timeline.js";
import { Tools } from "../editor/tools.js";

const STEP = 100; // ms
const json = (id) => JSON.parse(document.getElementById(id).textContent);

class Editor {
  #root;
  #stop = new AbortController();
  #goesOnWith = null;
  #isUntouched;

  constructor(root) {
    this.#root = root;
    const card = json("draft-card");
    this.draft = card.id;
    this.looks = json("draft-looks");
    this.edit = new Edit();
    this.clips = new Clips(card.id, card.clips);
    this.strips = new Filmstrips();
    this.stage = new Stage(this.#part("stage"), this.edit, this.clips, this.looks);
    this.music = new Music(this.edit, this.stage);
    if (card.made_with?.film) this.#joinParent(card.made_with);
    this.texts = new Texts(this.#part("words"), this.edit, this.stage);
    this.saving = new Saving(card, this.edit, this.clips, askWhichGoesOn);
    this.timeline = new Timeline(this.#part("timeline"), this.edit, this);
    this.tools = new Tools(this.#part("tools"), this);
    this.post = new PostSheet(document.getElementById("post-sheet"), this);
    this.camera = new Camera(document.getElementById("camera"));
    this.#isUntouched = !card.recipe.segments?.length;
    this.#bind();
    this.edit.open({ ...EMPTY, ...card.recipe });
    this.#meetClips();
    this.#picked(this.#part("files")); // what was chosen while this script was still on its way
    root.classList.add("is-ready");
    if (new URLSearchParams(location.search).has("record")) this.#record();
  }

  stop() {
    this.#stop.abort();
    for (const part of [this.stage, this.music, this.beside, this.saving, this.timeline, this.clips]) part?.stop();
  }

  #joinParent(video) {
    this.strips.want(this.clips.borrow(video));
    this.beside = new Beside(this.#part("frame"), this.edit, this.stage, video.film);
  }

  #part(name) {
    return this.#root.querySelector(`[data-${name}]`);
  }

  #bind() {
    const { signal } = this.#stop;
    const each = (name, act) => this.#root.querySelectorAll(`[data-${name}]`).forEach((button) => button.addEventListener("click", act));
    each("play", () => this.stage.toggle());
    each("add", () => this.#pick());
    each("record", () => this.#record());
    each("undo", () => this.edit.undo());
    each("redo", () => this.edit.redo());
    each("next", () => this.#next());
    this.#part("files").addEventListener("change", ({ target }) => this.#picked(target));
    this.clips.addEventListener("added", ({ detail }) => this.edit.change(withClip(this.edit.recipe, detail)));
    this.clips.addEventListener("change", () => this.#meetClips());
    this.edit.addEventListener("saveable", () => (this.#isUntouched = false));
    this.saving.addEventListener("state", () => this.#showSaving());
    this.saving.addEventListener("gone", () => location.assign("/drafts/"));
    this.stage.addEventListener("playing", () => this.#showPlaying());
    this.edit.whenever("recipe", () => this.#showRecipe());
    this.edit.whenever("chosen", () => this.#root.classList.toggle("has-choice", this.edit.chosen?.kind === "text"));
    this.edit.whenever("time", () => (this.#part("now").textContent = stamp(this.edit.time)));
    this.#listenForDrops(signal);
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  // --- Films ---

  #pick() {
    this.#goesOnWith = null;
    this.#part("files").click();
  }

  /** The file of a clip whose upload stopped. */
  pickFor(clip) {
    this.#goesOnWith = clip;
    this.#part("files").click();
  }

  #picked(input) {
    const files = [...input.files];
    input.value = "";
    if (this.#goesOnWith && files[0]) this.clips.goOn(this.#goesOnWith, files[0]);
    else this.#add(files);
    this.#goesOnWith = null;
  }

  async #add(files) {
    try {
      await this.clips.add(files);
    } catch (error) {
      toast(error instanceof TypeError ? gettext("No connection. Try again as soon as there is one.") : error.message, { isBad: true });
    }
  }

  async #record() {
    this.stage.pause();
    this.#add(await this.camera.open(this.edit.total));
  }

  #listenForDrops(signal) {
    const on = (type, act) => this.#root.addEventListener(type, act, { signal });
    on("dragover", (event) => {
      event.preventDefault();
      this.#root.classList.add("is-over");
    });
    on("dragleave", (event) => event.relatedTarget || this.#root.classList.remove("is-over"));
    on("drop", (event) => {
      event.preventDefault();
      this.#root.classList.remove("is-over");
      this.#add([...event.dataTransfer.files]);
    });
  }

  /** What nobody has cut yet is all clips as they are, those too whose length is only learnt now. */
  #meetClips() {
    this.#drawStrips();
    if (!this.#isUntouched) return;
    const { recipe } = this.edit;
    const whole = this.clips.all.filter(({ duration_ms }) => duration_ms).reduce(withClip, { ...recipe, segments: [] });
    if (whole.segments.length !== recipe.segments.length) this.edit.open(whole);
  }

  #drawStrips() {
    for (const clip of this.clips.all) if (clip.duration_ms) this.strips.want(clip);
  }

  // --- What shows ---

  #showRecipe() {
    const { edit } = this;
    this.#part("length").textContent = stamp(edit.total);
    this.#part("undo").disabled = !edit.canUndo;
    this.#part("redo").disabled = !edit.canRedo;
    this.#part("next").disabled = !edit.total || edit.total > LONGEST;
    this.#part("too-long").hidden = edit.total <= LONGEST;
    this.#root.classList.toggle("is-empty", !edit.total);
  }

  #showPlaying() {
    const words = this.stage.isPlaying ? gettext("Pause") : gettext("Play");
    this.#root.classList.toggle("is-playing", this.stage.isPlaying);
    for (const button of this.#root.querySelectorAll("[data-play]")) button.setAttribute("aria-label", words);
  }

  #showSaving() {
    const words = { saved: gettext("Saved"), saving: gettext("Saving …"), unsaved: gettext("Not saved yet: no connection") };
    const { state, problem } = this.saving;
    this.#part("saving").textContent = words[state] ?? problem;
    this.#part("saving").classList.toggle("is-bad", state === "unsaved" || state === "refused");
  }

  #next() {
    this.stage.pause();
    this.post.open();
  }

  // --- Keys ---

  #key(event) {
    if (document.querySelector("dialog[open]") || event.target.closest("input:not([type=radio], [type=checkbox], [type=range]), textarea, select")) return;
    const acts = event.ctrlKey || event.metaKey ? this.#commands(event) : event.altKey ? ORDER : this.#plain(event);
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    if (typeof act === "string") this.tools.clips.do(act);
    else act();
  }

  #commands({ shiftKey }) {
    return { z: () => (shiftKey ? this.edit.redo() : this.edit.undo()), y: () => this.edit.redo() };
  }

  #plain({ target, shiftKey }) {
    const isFree = !target.closest("button, a, input, [role=slider], [role=tab], summary");
    const go = (ms) => () => this.edit.goTo(this.edit.time + (shiftKey ? ms * 10 : ms));
    const moves = { ArrowLeft: go(-STEP), ArrowRight: go(STEP), Home: () => this.edit.goTo(0), End: () => this.edit.goTo(this.edit.total) };
    const press = { " ": () => this.stage.toggle() };
    return { s: "split", Delete: "remove", Backspace: "remove", ...(isFree ? { ...moves, ...press } : {}) };
  }
}

const ORDER = { ArrowLeft: "earlier", ArrowRight: "later" };

/** Two devices changed the draft: resolves with `mine` or `theirs`. */
function askWhichGoesOn() {
  const dialog = document.getElementById("collision");
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclick = ({ target }) => {
      const kept = target.closest("[data-keep]")?.dataset.keep;
      if (!kept) return;
      dialog.close();
      resolve(kept);
    };
    dialog.oncancel = (event) => event.preventDefault();
  });
}

export default function editor(root) {
  const running = new Editor(root);
  return () => running.stop();
}
