// Cards follow what they show: a new caption, a price, a video that was taken down.

import { renewCard } from "../card.js";
import { part } from "../message.js";

export class Cards {
  #talk;

  constructor(talk) {
    this.#talk = talk;
  }

  apply({ type, seq, share }) {
    const item = type === "share.changed" && this.#talk.log.get(seq);
    if (item && share) renewCard(part(item, "card"), { seq, share }, this.#talk);
  }
}
