// Sending one message on.

import { openForward } from "../forward-sheet.js";

export class Forwarding {
  #talk;

  acts = { forward: (item) => openForward(this.#talk, [Number(item.dataset.seq)]) };
  offers = { forward: ({ isUnsent }, item) => !isUnsent && !("expires" in item.dataset) };

  constructor(talk) {
    this.#talk = talk;
  }
}
