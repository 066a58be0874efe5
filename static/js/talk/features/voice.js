// Voice: hold the microphone and speak (slide up to let go of it), or tap it and speak on; listen to it before it goes, and to what others said.

import { live } from "../../lib/live.js";
import { part } from "../message.js";
import { hear } from "../verbs.js";
import { Hold } from "../media/hold.js";
import { clock } from "../media/markup.js";
import { dress, Player } from "../media/player.js";
import { Posting } from "../media/posting.js";
import { canRecord, Recorder } from "../media/recorder.js";
import { Upload } from "../media/upload.js";

const SHORTEST = 0.5; // seconds: shorter was a slip
const BARS = 64;

export class Voice {
  #talk;
  #form;
  #bar;
  #recorder = null;
  #recorded = null;
  #hold = null;
  #stops = [];

  constructor(talk) {
    this.#talk = talk;
    this.player = new Player(talk.root, (voice) => this.#hear(voice));
    // It was heard on another device.
    this.#stops.push(live.on("voice.heard", ({ conversation, seq }) => conversation === talk.id && this.#showHeard(seq)));
    this.#form = talk.root.querySelector(".composer");
    this.#bar = talk.root.querySelector("[data-recorder]");
    if (this.#form?.querySelector("[data-mic]") && canRecord()) this.#offer();
  }

  stop() {
    this.player.stop();
    this.#recorder?.drop();
    this.#stops.forEach((stop) => stop());
  }

  acts = {
    voice: (item, button) => this.player.toggle(button.closest(".voice")),
    "voice-speed": () => this.player.quicken(),
  };

  fill(item, { heard }) {
    // What is told to everybody does not say: then it stays as it was known.
    if (heard) item.querySelector(".voice")?.setAttribute("data-heard", "");
    this.adopt(item);
  }

  adopt(item) {
    for (const voice of item.querySelectorAll(".voice")) dress(voice, item.matches(".message--mine"));
  }

  #hear(voice) {
    const { seq } = voice.closest(".message").dataset;
    this.#showHeard(seq);
    // Should it not arrive, it is new again on the next page.
    hear(this.#talk.id, Number(seq)).catch(() => {});
  }

  #showHeard(seq) {
    // A thread's root stands in two places.
    for (const item of this.#talk.root.querySelectorAll(`.message[data-seq="${seq}"]`)) {
      item.querySelector(".voice")?.setAttribute("data-heard", "");
      this.adopt(item);
    }
  }

  #offer() {
    const mic = this.#form.querySelector("[data-mic]");
    mic.hidden = false;
    this.#form.classList.add("can-speak");
    this.#hold = new Hold(mic, this.#bar, {
      begin: (event) => this.#begin(event),
      drop: () => this.#answer("drop"),
      lock: () => this.#lock(),
      send: () => this.#answer("send"),
    });
    this.#stops.push(() => this.#hold.stop());
    this.#listen(mic, "keydown", (event) => (event.key === "Enter" || event.key === " ") && this.#begin(event));
    this.#listen(this.#bar, "click", (event) => this.#answer(event.target.closest("[data-record]")?.dataset.record));
    this.#listen(this.#bar, "keydown", (event) => event.key === "Escape" && this.#answer("drop"));
  }

  async #begin(event) {
    event.preventDefault();
    if (this.#recorder) return;
    const recorder = new Recorder();
    this.#recorder = recorder;
    try {
      await recorder.start();
    } catch {
      this.#recorder = null;
      this.#hold.letGo();
      const words = gettext("Medley may not use the microphone. Allow it in the browser's settings.");
      return this.#talk.root.dispatchEvent(new CustomEvent("talk:problem", { detail: words }));
    }
    if (this.#recorder !== recorder) return recorder.drop(); // thrown away while it was asked for
    recorder.addEventListener("level", () => this.#show());
    recorder.addEventListener("full", () => this.#finish());
    this.#open(true);
    part(this.#bar, "told").textContent = gettext("Recording");
    this.#bar.querySelector('[data-record="stop"]').focus({ preventScroll: true });
  }

  /** The finger is free: the bar has the same buttons as after a tap. */
  #lock() {
    navigator.vibrate?.(10);
    part(this.#bar, "told").textContent = gettext("Locked: recording goes on until you stop or send it.");
    this.#bar.querySelector('[data-record="stop"]').focus({ preventScroll: true });
  }

  // --- What then ----------------------------------------------------------------------------------

  #answer(wish) {
    if (!this.#recorder || !wish) return;
    if (wish === "stop") this.#finish();
    else if (wish === "listen") this.#rehear();
    else if (wish === "send") this.#send();
    else if (wish === "drop") this.#close();
  }

  async #finish() {
    if (this.#recorded) return;
    this.#recorded = await this.#recorder.stop();
    this.#bar.classList.add("is-done");
    this.#bar.querySelector('[data-record="listen"]').hidden = false;
    this.#bar.querySelector('[data-record="stop"]').hidden = true;
    part(this.#bar, "told").textContent = gettext("Recorded");
    this.#draw(this.#recorder.waveform(BARS).map((each) => each / 100));
    this.#bar.querySelector('[data-record="send"]').focus({ preventScroll: true });
  }

  #rehear() {
    this.sound ??= new Audio(URL.createObjectURL(this.#recorded));
    if (!this.sound.paused) return this.sound.pause();
    this.sound.play();
  }

  async #send() {
    const recorder = this.#recorder;
    if (recorder.seconds < SHORTEST) return this.#close();
    const file = await recorder.stop();
    const facts = { seconds: recorder.seconds, waveform: recorder.waveform() };
    this.#close();
    const upload = new Upload(file, "voice");
    upload.facts = facts;
    new Posting(this.#talk, { body: "" }, [upload]);
  }

  #close() {
    this.#hold.letGo();
    this.#recorder?.drop();
    this.sound?.pause();
    this.sound = null;
    this.#recorder = this.#recorded = null;
    this.#open(false);
    part(this.#bar, "told").textContent = "";
    this.#form.querySelector("textarea").focus({ preventScroll: true });
  }

  #open(isOpen) {
    this.#bar.hidden = !isOpen;
    this.#bar.classList.remove("is-done");
    this.#bar.querySelector('[data-record="listen"]').hidden = true;
    this.#bar.querySelector('[data-record="stop"]').hidden = false;
    this.#form.classList.toggle("is-recording", isOpen);
  }

  #show() {
    part(this.#bar, "clock").textContent = clock(Math.floor(this.#recorder.seconds));
    this.#draw(this.#recorder.levels.slice(-BARS));
  }

  #draw(levels) {
    const canvas = part(this.#bar, "level");
    const { width, height } = canvas;
    const pen = canvas.getContext("2d");
    const step = width / BARS;
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = getComputedStyle(canvas).color;
    levels.forEach((level, place) => {
      const tall = Math.max(4, level * height);
      pen.fillRect(width - (levels.length - place) * step, (height - tall) / 2, step * 0.6, tall);
    });
  }

  #listen(target, type, handler) {
    target.addEventListener(type, handler);
    this.#stops.push(() => target.removeEventListener(type, handler));
  }
}
