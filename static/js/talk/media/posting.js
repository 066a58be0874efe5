// Messages whose files are still on their way: they stand in the list with their progress and go out when all is there.

import { outgoing } from "../../lib/outgoing.js";

/** Puts `{body, reply_to, ...}` with these uploads into the talk; it is sent once each of them is ready. */
export class Posting {
  #talk;
  #uploads;
  #clientId;

  constructor(talk, message, uploads) {
    this.#talk = talk;
    this.#uploads = uploads;
    const ways = { retry: () => this.#retry(), drop: () => this.#drop() };
    const cards = uploads.map((upload) => upload.preview);
    this.#clientId = crypto.randomUUID();
    talk.send({ ...message, client_id: this.#clientId, media: [], cards }, ways);
    for (const upload of uploads) upload.addEventListener("change", () => this.#follow());
    this.#follow();
  }

  #follow() {
    const failed = this.#uploads.find((upload) => upload.state === "failed");
    if (failed) return outgoing.tell(this.#clientId, { state: "failed", detail: failed.problem });
    if (this.#uploads.every((upload) => upload.state === "ready")) return this.#release();
    outgoing.tell(this.#clientId, { state: "held", detail: this.#words() });
  }

  #words() {
    const total = this.#uploads.reduce((sum, upload) => sum + upload.file.size, 0) || 1;
    const there = this.#uploads.reduce((sum, upload) => sum + upload.part * upload.file.size, 0);
    if (there >= total) return gettext("preparing…");
    const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent", roundingMode: "floor" });
    return interpolate(gettext("uploading, %s"), [percent.format(there / total)]);
  }

  #release() {
    if (!this.#clientId) return;
    const cards = this.#uploads.map((upload) => upload.card);
    const clientId = this.#clientId;
    this.#clientId = null;
    outgoing.release(clientId, { media: cards.map((card) => card.id), cards });
  }

  #retry() {
    for (const upload of this.#uploads) if (upload.state === "failed") upload.start();
  }

  #drop() {
    for (const upload of this.#uploads) upload.cancel();
  }
}

/** As messages hold them: pictures as one album, files as another message behind it. */
export function byMessage(uploads) {
  const files = uploads.filter((upload) => upload.kind === "file");
  const pictured = uploads.filter((upload) => upload.kind !== "file");
  return [pictured, files].filter((some) => some.length);
}

/** Resolves with an upload's card once the server has it, rejects with the reason why it does not. */
export function whenReady(upload) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (upload.state === "ready") resolve(upload.card);
      if (upload.state === "failed") reject(new Error(upload.problem));
    };
    upload.addEventListener("change", look);
    look();
  });
}
