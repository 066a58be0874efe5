// What time it is at the server: asked a few times over the socket, and the quickest answer believed.

import { live } from "../../lib/live.js";

const AT_ONCE = 5;
const APART = 80;
/** Clocks drift, and lines change: a sample older than this tells nothing any more. */
const FRESH = 90_000;

export class Clock {
  #samples = [];

  /** Milliseconds since 1970 by the server's clock. */
  get now() {
    return performance.now() + this.#offset;
  }

  /** Ask a few times; resolves once the first answer is there, or none came. */
  async settle() {
    await this.sample();
    for (let i = 1; i < AT_ONCE; i += 1) setTimeout(() => this.sample(), i * APART);
  }

  /** Ask once. A frame takes as long there as back, nearly: half the round trip is the server's moment. */
  async sample() {
    const sent = performance.now();
    try {
      const { now } = await live.ask({ type: "clock" });
      const heard = performance.now();
      this.#note({ offset: Date.parse(now) - (sent + heard) / 2, trip: heard - sent, at: heard });
    } catch {
      // What is known stays true for a while.
    }
  }

  #note(sample) {
    const fresh = this.#samples.filter(({ at }) => sample.at - at < FRESH);
    this.#samples = [...fresh, sample].sort((one, other) => one.trip - other.trip).slice(0, AT_ONCE);
  }

  /** Of the quickest round trip; before any, one's own clock has to do. */
  get #offset() {
    return this.#samples[0]?.offset ?? Date.now() - performance.now();
  }
}
