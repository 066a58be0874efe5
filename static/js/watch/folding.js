// Keeps the memory of a long evening steady: clips far from the one in view are kept as text.

const NEAR = 6;
const FAR = 10;

export class Folding {
  #texts = new Map();

  /** `unfolded(clip)` is told when a clip has its parts again, new ones. */
  constructor(unfolded) {
    this.unfolded = unfolded;
  }

  /** Have these clips' parts there, wherever they are. */
  unfold(clips) {
    clips.forEach((clip) => this.#unfold(clip));
  }

  /** Fold what is far from `clips[here]`, unfold what is near. */
  around(clips, here) {
    clips.forEach((clip, place) => {
      const distance = Math.abs(place - here);
      if (distance > FAR) this.#fold(clip);
      else if (distance <= NEAR) this.#unfold(clip);
    });
  }

  #fold(clip) {
    if (this.#texts.has(clip)) return;
    this.#texts.set(clip, clip.innerHTML);
    clip.replaceChildren();
  }

  #unfold(clip) {
    const text = this.#texts.get(clip);
    if (text === undefined) return;
    this.#texts.delete(clip);
    clip.innerHTML = text;
    this.unfolded(clip);
  }
}
