// The camera: takes by press or hold, with a countdown, either camera, three minutes altogether; they become clips.

import { LONGEST } from "./recipe.js";
import { stamp } from "./stage.js";

const KINDS = ["video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus", "video/webm"];
const HOLD = 400; // ms: pressed longer, a take ends where the finger lets go
const SHORTEST = 300; // ms of a take worth keeping
const WISH = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 60 } };

const TROUBLES = {
  NotAllowedError: () => gettext("Medley may not use the camera. Allow it in the settings of your browser, at the left of the address, and try again."),
  NotFoundError: () => gettext("There is no camera here. Add clips from your files instead."),
  NotReadableError: () => gettext("Another program uses the camera. Close it and try again."),
};

export class Camera {
  #dialog;
  #view;
  #shoot;
  #stream = null;
  #recorder = null;
  #takes = [];
  #facing = "user";
  #counts = false;
  #began = 0;
  #pressedAt = 0;
  #timer = 0;
  #settle = null;

  constructor(dialog) {
    this.#dialog = dialog;
    this.#view = dialog.querySelector("[data-view]");
    this.#shoot = dialog.querySelector("[data-shoot]");
    dialog.addEventListener("click", ({ target }) => this.#press(target.closest("[data-camera]")?.dataset.camera));
    dialog.addEventListener("cancel", (event) => this.#takes.length && !this.#mayForget() && event.preventDefault());
    dialog.addEventListener("close", () => this.#closed());
    this.#shoot.addEventListener("pointerdown", () => this.#down());
    this.#shoot.addEventListener("pointerup", () => this.#up());
    this.#shoot.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Resolves with the takes as files, in order; none where the person closed. `used` ms are on the time line already. */
  open(used = 0) {
    this.used = used;
    this.#takes = [];
    this.#dialog.showModal();
    this.#look();
    this.#show();
    return new Promise((resolve) => (this.#settle = resolve));
  }

  get #length() {
    const now = this.#recorder ? performance.now() - this.#began : 0;
    return this.#takes.reduce((sum, { ms }) => sum + ms, now);
  }

  get #room() {
    return LONGEST - this.used;
  }

  async #look() {
    this.#release();
    this.#trouble("");
    try {
      const video = { ...WISH, facingMode: this.#facing };
      this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: { echoCancellation: true } });
      this.#view.srcObject = this.#stream;
      this.#view.classList.toggle("is-mirrored", this.#facing === "user");
      await this.#view.play();
    } catch (error) {
      this.#trouble((TROUBLES[error.name] ?? (() => gettext("The camera cannot be used in this browser. Add clips from your files instead.")))());
    }
    this.#show();
  }

  #press(wish) {
    const acts = {
      close: () => (!this.#takes.length || this.#mayForget()) && this.#dialog.close(),
      again: () => this.#look(),
      timer: () => (this.#counts = !this.#counts),
      flip: () => {
        this.#facing = this.#facing === "user" ? "environment" : "user";
        this.#look();
      },
      undo: () => this.#takes.pop(),
      take: () => this.#finish(),
    };
    acts[wish]?.();
    this.#show();
  }

  #mayForget() {
    return window.confirm(gettext("Throw away what you have recorded?"));
  }

  #down() {
    this.#pressedAt = performance.now();
    if (this.#recorder) this.#end();
    else this.#start();
  }

  #up() {
    const isHeld = performance.now() - this.#pressedAt > HOLD;
    if (isHeld && this.#recorder && !this.#counts) this.#end();
  }

  #key(event) {
    if (event.repeat || (event.key !== " " && event.key !== "Enter")) return;
    event.preventDefault();
    this.#down();
  }

  async #start() {
    if (!this.#stream || this.#timer || this.#length >= this.#room) return;
    if (this.#counts && !(await this.#countDown())) return;
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const pieces = [];
    const recorder = new MediaRecorder(this.#stream, { mimeType, videoBitsPerSecond: 4_000_000 });
    recorder.addEventListener("dataavailable", ({ data }) => data.size && pieces.push(data));
    recorder.addEventListener("start", () => (this.#began = performance.now()));
    this.#began = performance.now();
    this.#recorder = Object.assign(recorder, { pieces });
    recorder.start(1000);
    this.#timer = setInterval(() => this.#tick(), 100);
    this.#show();
  }

  async #countDown() {
    const count = this.#dialog.querySelector("[data-count]");
    for (const number of [3, 2, 1]) {
      count.textContent = number;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      if (!this.#dialog.open) break;
    }
    count.textContent = "";
    return this.#dialog.open;
  }

  #tick() {
    if (this.#length >= this.#room) this.#end();
    this.#show();
  }

  async #end() {
    const recorder = this.#recorder;
    if (!recorder) return;
    clearInterval(this.#timer);
    [this.#timer, this.#recorder] = [0, null];
    const ms = performance.now() - this.#began;
    const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
    recorder.stop();
    this.#ending = stopped.then(() => ms >= SHORTEST && this.#keep(recorder, ms));
    await this.#ending;
    this.#show();
  }

  #ending = null;

  #keep({ pieces, mimeType }, ms) {
    const type = mimeType.split(";")[0];
    const suffix = type.endsWith("mp4") ? "mp4" : "webm";
    const name = interpolate(gettext("Take %s"), [this.#takes.length + 1]);
    this.#takes.push({ file: new File(pieces, `${name}.${suffix}`, { type }), ms });
  }

  async #finish() {
    await this.#end();
    await this.#ending;
    this.#answer(this.#takes.map(({ file }) => file));
    this.#dialog.close();
  }

  #closed() {
    this.#release();
    this.#answer([]);
  }

  #answer(files) {
    this.#settle?.(files);
    this.#settle = null;
  }

  #release() {
    clearInterval(this.#timer);
    this.#timer = 0;
    if (this.#recorder?.state === "recording") this.#recorder.stop();
    this.#recorder = null;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#view.srcObject = null;
  }

  #trouble(words) {
    this.#dialog.querySelector("[data-trouble]").hidden = !words;
    this.#dialog.querySelector("[data-trouble-words]").textContent = words;
  }

  #show() {
    const part = (name) => this.#dialog.querySelector(name);
    const isOn = Boolean(this.#recorder);
    this.#shoot.disabled = !this.#stream;
    this.#shoot.setAttribute("aria-pressed", String(isOn));
    this.#shoot.setAttribute("aria-label", isOn ? gettext("Stop") : gettext("Record"));
    this.#dialog.classList.toggle("is-recording", isOn);
    this.#dialog.style.setProperty("--part", Math.min(1, this.#length / Math.max(1, this.#room)));
    part("[data-clock]").textContent = stamp(this.#length);
    part("[data-camera=timer]").setAttribute("aria-pressed", String(this.#counts));
    part("[data-camera=undo]").disabled = isOn || !this.#takes.length;
    part("[data-camera=take]").disabled = !isOn && !this.#takes.length;
    part("[data-camera=flip]").disabled = isOn;
    part("[data-takes]").textContent = this.#takes.length || "";
    part("[data-hint]").hidden = isOn || this.#takes.length > 0;
  }
}
