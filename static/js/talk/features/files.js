// Files of any kind, kept as they are: chosen here, sent with what else lies in the tray.

import { pick } from "../media/picking.js";

export class Files {
  #talk;

  constructor(talk) {
    this.#talk = talk;
  }

  tools = { files: () => this.#choose() };

  async #choose() {
    const files = await pick();
    if (files.length) this.#talk.tray.add(files, "file");
  }
}
