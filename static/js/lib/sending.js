// One film on its way to us: announced, sent piece by piece, gone on with where it stopped (tus 1.0).

import "../../vendor/tus-js-client/tus.min.js"; // it is no module: it makes window.tus
import { HttpProblem, request } from "./http.js";

const ADDRESS = "/api/v1/uploads/";
const VERSION = { "Tus-Resumable": "1.0.0" };
/** So much is lost at most where the server dies over it. */
const PIECE = 4 * 2 ** 20;
const WAITS = [0, 500, 1500, 4000, 8000, 15_000]; // ms before the next try

/**
 * Tells `part` (0 to 1), `waiting` while there is no line, `sent`, or `problem` (a sentence as `detail`) where it gave up.
 * `begin()` announces the file, `resume()` sends what is missing.
 */
export class Sending extends EventTarget {
  #file;
  #told;
  #upload = null;
  #isWanted = false;
  #goOn = () => this.#isWanted && this.resume();

  /** `told` says what it is for: `purpose` and what that asks; with `id` it goes on with one that was begun before. */
  constructor(file, told, id = null) {
    super();
    this.#file = file;
    this.#told = told;
    this.id = id;
  }

  /** Announce the file; answers the id that upload and clip share. Rejects with HttpProblem. */
  async begin() {
    const { name, type, size } = this.#file;
    const told = { ...this.#told, filename: name, filetype: type };
    const pairs = Object.entries(told).map(([key, value]) => `${key} ${inBase64(value)}`);
    const headers = { ...VERSION, "Upload-Length": size, "Upload-Metadata": pairs.join(",") };
    const answer = await request(ADDRESS, { method: "POST", headers });
    ({ id: this.id } = await answer.json());
    return this.id;
  }

  /** Send what is missing, trying again by itself for a while, and whenever the line comes back. */
  resume() {
    this.#isWanted = true;
    window.addEventListener("online", this.#goOn);
    this.#upload ??= this.#prepared();
    this.#upload.start();
  }

  pause() {
    this.#stop();
    this.#upload?.abort();
    this.#upload = null;
  }

  #prepared() {
    return new window.tus.Upload(this.#file, {
      uploadUrl: `${ADDRESS}${this.id}/`,
      chunkSize: PIECE,
      retryDelays: WAITS,
      // The server knows what was begun, also on another device; nothing is kept here.
      storeFingerprintForResuming: false,
      onBeforeRequest: (asked) => asked.setHeader("X-CSRFToken", document.querySelector('meta[name="csrf-token"]').content),
      onProgress: (sent, all) => this.#tell("part", sent / all),
      onSuccess: () => this.#end("sent"),
      onError: (error) => this.#failed(error),
    });
  }

  #failed(error) {
    this.#upload = null;
    if (!error.originalResponse && !navigator.onLine) return this.#tell("waiting");
    this.#end("problem", sentence(error));
  }

  #end(how, detail) {
    this.#stop();
    this.#upload = null;
    this.#tell(how, detail);
  }

  #stop() {
    this.#isWanted = false;
    window.removeEventListener("online", this.#goOn);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function sentence({ originalResponse: answer }) {
  if (!answer) return gettext("The connection broke.");
  return new HttpProblem(answer.getStatus(), problemIn(answer.getBody())).message;
}

function problemIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const inBase64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
