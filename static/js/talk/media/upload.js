// One file on its way to the server: how far it is, what became of it, a way to try again and to take it back.

import { live } from "../../lib/live.js";
import { deleteJSON, getJSON, patchJSON } from "../../lib/http.js";

const URL_OF_ALL = "/api/v1/media/";
/** The socket tells when it is prepared; asking is for when it does not. */
const ASK_FIRST = 1500;
const ASK_MOST = 10_000;

/** What a file is to the server, from what the browser says of it. What it cannot show goes as a file. */
export function kindOf(file) {
  // Some browsers know no type for what phones take pictures as.
  if (/^image\/(jpeg|png|webp|gif|hei[cf])$/.test(file.type) || /\.hei[cf]$/i.test(file.name)) return "photo";
  return file.type.startsWith("video/") ? "video" : "file";
}

/** Tells `change` whenever `part` (0 to 1), `state` ("sending", "preparing", "ready", "failed") or `problem` change. */
export class Upload extends EventTarget {
  part = 0;
  state = "sending";
  problem = "";
  /** The server's card, once it is ready. */
  card = null;

  #request = null;
  #id = null;
  #alt = "";
  #timer = 0;
  #stopHearing = null;

  constructor(file, kind = kindOf(file)) {
    super();
    this.file = file;
    this.kind = kind;
    this.url = URL.createObjectURL(file);
    this.start();
  }

  get id() {
    return this.#id;
  }

  get isDone() {
    return this.state === "ready" || this.state === "failed";
  }

  /** What a message shows of it while it is under way. */
  get preview() {
    const { width = 0, height = 0, seconds = 0, waveform = [] } = this.facts ?? {};
    const isPictured = this.kind === "photo" || this.kind === "video";
    return {
      id: `local:${this.url}`,
      kind: this.kind,
      url: this.url,
      thumb: isPictured ? this.poster ?? (this.kind === "photo" ? this.url : "") : "",
      blur: "",
      name: this.file.name ?? "",
      size: this.file.size,
      alt: this.#alt,
      width,
      height,
      seconds,
      waveform,
    };
  }

  start() {
    this.#become({ state: "sending", part: 0, problem: "" });
    const body = new FormData();
    body.append("kind", this.kind);
    body.append("alt", this.#alt);
    body.append("file", this.file, this.file.name || `${this.kind}.bin`);
    const request = new XMLHttpRequest();
    this.#request = request;
    request.open("POST", URL_OF_ALL);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", document.querySelector('meta[name="csrf-token"]')?.content ?? "");
    request.upload.addEventListener("progress", ({ loaded, total }) => this.#become({ part: total ? loaded / total : 0 }));
    request.addEventListener("load", () => this.#answered(request));
    for (const name of ["error", "timeout"]) request.addEventListener(name, () => this.#fail(gettext("The connection broke.")));
    request.send(body);
  }

  /** Say what is in it; before it has arrived, with it. */
  async describe(alt) {
    this.#alt = alt;
    if (this.#id) await patchJSON(`${URL_OF_ALL}${this.#id}/`, { alt }).catch(() => {});
    if (this.card) this.card.alt = alt;
  }

  get alt() {
    return this.#alt;
  }

  /** Take it back: nothing of it stays. */
  cancel() {
    this.#request?.abort();
    this.#stop();
    if (this.#id) deleteJSON(`${URL_OF_ALL}${this.#id}/`).catch(() => {});
    URL.revokeObjectURL(this.url);
  }

  #answered(request) {
    this.#request = null;
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // Whatever stands between us and the server said it.
    }
    if (request.status !== 201) return this.#fail(answer.detail || gettext("That did not work. Please try again."));
    this.#id = answer.id;
    this.#become({ part: 1, state: "preparing" });
    this.#stopHearing = live.on("upload.changed", ({ upload }) => upload.id === this.#id && this.#know(upload));
    this.#know(answer);
    this.#askLater(ASK_FIRST);
  }

  #know({ state, detail, media }) {
    if (this.isDone) return;
    if (state === "ready") {
      this.#stop();
      this.card = media;
      this.#become({ state: "ready" });
    } else if (state === "refused") this.#fail(detail);
  }

  #askLater(wait) {
    if (this.isDone) return;
    this.#timer = setTimeout(async () => {
      try {
        this.#know(await getJSON(`${URL_OF_ALL}${this.#id}/`));
      } catch (error) {
        if (error.status === 404) return this.#fail(gettext("This file is not there."));
      }
      this.#askLater(Math.min(ASK_MOST, wait * 1.5));
    }, wait);
  }

  #fail(problem) {
    this.#stop();
    this.#become({ state: "failed", problem });
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#stopHearing?.();
    this.#stopHearing = null;
  }

  #become(values) {
    Object.assign(this, values);
    this.dispatchEvent(new Event("change"));
  }
}
