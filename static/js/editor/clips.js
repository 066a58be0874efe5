// The films of a draft: those chosen here play from the disk before they are uploaded, the others from their preview.

import { deleteJSON, getJSON } from "../lib/http.js";
import { live } from "../lib/live.js";
import { Sending } from "../lib/sending.js";
import { factsOf } from "./film.js";
import { PARENT } from "./recipe.js";

const MOST_BYTES = 200 * 2 ** 20;

/** States: `uploading` (`part` 0 to 1), `lost` (begun elsewhere, its file is not here), `broken` (may be tried again), `paused`, `waiting` (for a line), then as the server has them. */
class Clip {
  part = 0;
  url = "";
  problem = "";

  constructor(values) {
    Object.assign(this, values);
  }

  get isReady() {
    return this.state === "ready";
  }

  get isUnderWay() {
    return ["uploading", "waiting", "checking"].includes(this.state);
  }

  /** Short enough for a piece of film: empty once it is ready. */
  get progressWords() {
    if (["uploading", "waiting", "paused"].includes(this.state)) return percent(this.part);
    if (this.state === "checking") return gettext("Checking …");
    return this.isReady ? "" : gettext("Missing");
  }

  get words() {
    const said = {
      uploading: interpolate(gettext("Uploading, %s"), [percent(this.part)]),
      checking: gettext("Being checked …"),
      ready: interpolate(gettext("%s seconds"), [(this.duration_ms / 1000).toFixed(1)]),
      paused: interpolate(gettext("Paused at %s"), [percent(this.part)]),
      waiting: gettext("No connection. It goes on by itself."),
      lost: gettext("The upload stopped. Choose the same file to go on."),
    };
    return this.problem || said[this.state] || gettext("This cannot be used.");
  }
}

/** Tells `change` when any clip changed, `added` with the clip as `detail` once a new one may be used. */
export class Clips extends EventTarget {
  #draft;
  #clips = new Map();
  #parent = null;
  #stopHearing;

  constructor(draft, cards) {
    super();
    this.#draft = draft;
    for (const card of cards) this.#know(card);
    this.#nameLost();
    this.#stopHearing = live.on("clip.changed", ({ clip }) => clip.draft === draft && this.#know(clip));
    live.start();
  }

  stop() {
    this.#stopHearing();
    for (const { sending, file, url } of this.#clips.values()) {
      sending?.pause();
      if (file) URL.revokeObjectURL(url);
    }
  }

  get all() {
    return [...this.#clips.values()];
  }

  get(id) {
    return id === PARENT ? this.#parent : this.#clips.get(id);
  }

  /** The other video of a duet or a stitch plays too, and is nobody's clip. */
  borrow({ film, duration_ms }) {
    this.#parent = new Clip({ id: PARENT, state: "ready", url: film ?? "", duration_ms });
    return this.#parent;
  }

  get areUnderWay() {
    return this.all.some(({ isUnderWay }) => isUnderWay);
  }

  /** Ask anew how all of them stand: the socket may have been away. */
  async refresh() {
    const { clips } = await getJSON(`/api/v1/drafts/${this.#draft}/`);
    for (const card of clips) this.#know(card);
  }

  /** Take files of the person, in this order. Rejects with a sentence for what cannot be taken. */
  async add(files) {
    for (const file of files) await this.#addOne(file);
  }

  async #addOne(file) {
    if (file.size > MOST_BYTES) throw new Error(interpolate(gettext("%s is larger than 200 MB. Make it smaller and try again."), [file.name]));
    const url = URL.createObjectURL(file);
    // What this browser cannot play may be a film all the same: the server will know.
    const facts = await factsOf(url).catch(() => ({ duration_ms: 0, width: 0, height: 0 }));
    const sending = new Sending(file, { purpose: "clip", draft: this.#draft });
    const id = await sending.begin();
    const clip = new Clip({ id, file, name: file.name, url: facts.duration_ms ? url : "", state: "uploading", sending, ...facts });
    this.#clips.set(id, clip);
    this.#hear(clip);
    if (clip.duration_ms) this.#announce(clip);
    this.#tell();
  }

  /** It may be put on the time line: how long it is, is known. */
  #announce(clip) {
    clip.isAnnounced = true;
    this.dispatchEvent(new CustomEvent("added", { detail: clip }));
  }

  /** The same file once more, where an upload was left behind. */
  async goOn(clip, file) {
    clip.sending = new Sending(file, { purpose: "clip", draft: this.#draft }, clip.id);
    Object.assign(clip, { file, name: file.name, state: "uploading", problem: "" });
    const url = URL.createObjectURL(file);
    const facts = await factsOf(url).catch(() => null);
    if (facts) Object.assign(clip, facts, { url });
    this.#hear(clip);
    this.#tell();
  }

  pause(clip) {
    clip.sending.pause();
    clip.state = "paused";
    this.#tell();
  }

  retry(clip) {
    Object.assign(clip, { state: "uploading", problem: "" });
    clip.sending.resume();
    this.#tell();
  }

  #hear(clip) {
    clip.sending.addEventListener("waiting", () => {
      clip.state = "waiting";
      this.#tell();
    });
    clip.sending.addEventListener("part", ({ detail }) => {
      Object.assign(clip, { part: detail, state: "uploading" });
      this.#tell();
    });
    clip.sending.addEventListener("problem", ({ detail }) => {
      Object.assign(clip, { state: "broken", problem: detail });
      this.#tell();
    });
    clip.sending.addEventListener("sent", () => {
      if (clip.state === "uploading") clip.state = "checking";
      this.#tell();
    });
    clip.sending.resume();
  }

  /** Take a film out of the draft for good. */
  async drop(clip) {
    clip.sending?.pause();
    await deleteJSON(`/api/v1/clips/${clip.id}/`).catch((error) => {
      if (error.status !== 404) throw error;
    });
    if (clip.file) URL.revokeObjectURL(clip.url);
    this.#clips.delete(clip.id);
    this.#tell();
  }

  /** What the server says of a clip; a film that is here goes on playing from here. */
  #know(card) {
    const clip = this.#clips.get(card.id);
    if (!clip) return this.#meet(card);
    const isSending = card.state === "uploading" && clip.sending;
    if (isSending) return;
    const { duration_ms, width, height, has_audio, peaks, preview } = card;
    Object.assign(clip, { state: card.state, problem: card.detail, has_audio, peaks, preview });
    if (duration_ms) Object.assign(clip, { duration_ms, width, height });
    if (!clip.url) clip.url = preview;
    if (duration_ms && !clip.isAnnounced && clip.file) this.#announce(clip);
    this.#tell();
  }

  #meet(card) {
    const state = card.state === "uploading" ? "lost" : card.state;
    const name = interpolate(gettext("Clip %s"), [card.position + 1]);
    this.#clips.set(card.id, new Clip({ ...card, name, state, url: card.preview, problem: card.detail, isAnnounced: true }));
    this.#tell();
  }

  /** Uploads that were left behind: what they are called, and how far they came. */
  async #nameLost() {
    if (!this.all.some(({ state }) => state === "lost")) return;
    for (const { id, name, offset, length } of await getJSON("/api/v1/uploads/").catch(() => [])) {
      const clip = this.#clips.get(id);
      if (clip?.state === "lost") Object.assign(clip, { name, part: offset / length });
    }
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** `50%` or `50 %`, as the language writes it; never a hundred before the end. */
export function percent(part) {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "percent", roundingMode: "floor" }).format(part);
}
