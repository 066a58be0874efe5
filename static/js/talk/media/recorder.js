// Speaking into a message: the microphone, how loud it is, how long; stops by itself after three minutes.

const LONGEST = 180; // seconds
const EVERY = 50; // milliseconds between two looks at the level
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** Whether this browser can. */
export const canRecord = () => Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

/** Tells `level` (0 to 1 as `detail`) while it hears, `full` when the time is up. */
export class Recorder extends EventTarget {
  #recorder = null;
  #stream = null;
  #context = null;
  #pieces = [];
  #timer = 0;
  #began = 0;
  #length = 0;
  levels = [];

  /** Rejects where the person or the browser says no. */
  async start() {
    this.#stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    this.#recorder = new MediaRecorder(this.#stream, mimeType ? { mimeType, audioBitsPerSecond: 48_000 } : {});
    this.#recorder.addEventListener("dataavailable", ({ data }) => data.size && this.#pieces.push(data));
    this.#recorder.start(1000);
    this.#began = performance.now();
    this.#listen();
  }

  get seconds() {
    // The microphone is still being asked for.
    if (!this.#began) return 0;
    return this.#length || (performance.now() - this.#began) / 1000;
  }

  /** The recording as a file, once the last piece is there. */
  stop() {
    if (this.#file) return Promise.resolve(this.#file);
    this.#length = this.seconds;
    return new Promise((resolve) => {
      this.#recorder.addEventListener("stop", () => {
        const { mimeType } = this.#recorder;
        const suffix = mimeType.includes("mp4") ? "m4a" : mimeType.includes("ogg") ? "ogg" : "webm";
        this.#file = new File(this.#pieces, `voice.${suffix}`, { type: mimeType.split(";")[0] });
        resolve(this.#file);
      });
      this.#release();
    });
  }

  #file = null;

  /** Forget all of it. */
  drop() {
    this.#release();
    this.#pieces = [];
  }

  /** As many loudnesses (0 to 100) as a waveform has. */
  waveform(count = 80) {
    const top = Math.max(0.01, ...this.levels);
    const slice = (place) => this.levels.slice(Math.floor((place * this.levels.length) / count), Math.ceil(((place + 1) * this.levels.length) / count));
    return Array.from({ length: count }, (_, place) => Math.round((Math.max(0, ...slice(place)) / top) * 100));
  }

  #listen() {
    this.#context = new AudioContext();
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 512;
    this.#context.createMediaStreamSource(this.#stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.min(1, Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length) * 4);
      this.levels.push(level);
      this.dispatchEvent(new CustomEvent("level", { detail: level }));
      if (this.seconds >= LONGEST) this.dispatchEvent(new Event("full"));
    }, EVERY);
  }

  #release() {
    clearInterval(this.#timer);
    if (this.#recorder?.state !== "inactive") this.#recorder?.stop();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#context?.close();
    this.#context = null;
  }
}
