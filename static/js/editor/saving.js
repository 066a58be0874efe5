// Autosave: what was changed goes to the server shortly after; a change from another device is never overwritten unasked.

import { HttpProblem, getJSON, patchJSON } from "../lib/http.js";
import { live } from "../lib/live.js";

const CALM = 700; // ms without a change before it is saved
const PATIENCE = 4000; // ms before the next try without a line

/** States: `saved`, `saving`, `unsaved` (no line; tried again), `refused` (`problem` says why). Tells `state`. */
export class Saving extends EventTarget {
  state = "saved";
  problem = "";
  #address;
  #edit;
  #clips;
  #version;
  #pending = {};
  #timer = 0;
  #way = null;
  #settle;
  #stopHearing;

  /** `settle(theirs)` asks which version goes on: resolves with `mine` or `theirs`. */
  constructor({ id, version }, edit, clips, settle) {
    super();
    this.#address = `/api/v1/drafts/${id}/`;
    this.#version = version;
    this.#edit = edit;
    this.#clips = clips;
    this.#settle = settle;
    edit.addEventListener("saveable", () => this.keep({ recipe: edit.recipe }));
    this.#stopHearing = live.on("video.draft_changed", (event) => event.draft === id && this.#heard(event));
    window.addEventListener("pagehide", this.#leave);
    window.addEventListener("online", this.#hurry);
    window.addEventListener("beforeunload", this.#warn);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#stopHearing();
    window.removeEventListener("pagehide", this.#leave);
    window.removeEventListener("online", this.#hurry);
    window.removeEventListener("beforeunload", this.#warn);
  }

  get isSettled() {
    return this.state === "saved" || this.state === "refused";
  }

  /** Save these fields soon. */
  keep(fields) {
    Object.assign(this.#pending, fields);
    this.#become("saving");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#hurry, CALM);
  }

  /** Save at once what is not yet; resolves when nothing is left, rejects with what was refused. */
  async flush() {
    clearTimeout(this.#timer);
    while (this.#way || Object.keys(this.#pending).length) {
      await (this.#way ?? this.#send());
      if (this.state === "unsaved" || this.state === "refused") throw new Error(this.problem || gettext("No connection. We try again as soon as there is one."));
    }
  }

  #hurry = () => this.#way ?? (Object.keys(this.#pending).length ? this.#send() : null);

  #send(options = {}) {
    const fields = this.#pending;
    this.#pending = {};
    this.#way = this.#put(fields, options).finally(() => {
      this.#way = null;
      if (this.state === "saving" && Object.keys(this.#pending).length) this.#hurry();
    });
    return this.#way;
  }

  async #put(fields, options) {
    const body = fields.recipe ? { ...fields, version: this.#version } : fields;
    try {
      const { version } = await patchJSON(this.#address, body, options);
      this.#version = version;
      this.#become(Object.keys(this.#pending).length ? "saving" : "saved");
    } catch (error) {
      await this.#refused(error, fields);
    }
  }

  async #refused(error, fields) {
    if (error instanceof HttpProblem && error.code === "draft.changed") return this.#collided(fields);
    this.#pending = { ...fields, ...this.#pending };
    if (error instanceof HttpProblem && error.status < 500) return this.#become("refused", error.message);
    this.#become("unsaved");
    this.#timer = setTimeout(this.#hurry, PATIENCE);
  }

  async #collided(fields) {
    const theirs = await getJSON(this.#address);
    const goesOn = await this.#settle(theirs);
    this.#version = theirs.version;
    if (goesOn === "mine") return this.keep({ ...fields, ...this.#pending });
    this.#pending = {};
    await this.#clips.refresh();
    this.#edit.open(theirs.recipe);
    this.#become("saved");
  }

  /** Another device saved: what is unchanged here simply follows. */
  async #heard({ version, state }) {
    if (state !== "draft" && state !== undefined) return this.dispatchEvent(new CustomEvent("gone", { detail: state }));
    if (version <= this.#version || this.#way || !this.isSettled) return;
    const theirs = await getJSON(this.#address);
    if (!this.isSettled || theirs.version <= this.#version) return;
    this.#version = theirs.version;
    await this.#clips.refresh();
    this.#edit.open(theirs.recipe);
  }

  #leave = () => {
    if (Object.keys(this.#pending).length) this.#send({ keepalive: true });
  };

  #warn = (event) => {
    if (this.state === "unsaved") event.preventDefault();
  };

  #become(state, problem = "") {
    Object.assign(this, { state, problem });
    this.dispatchEvent(new Event("state"));
  }
}
