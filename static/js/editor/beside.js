// The other video of a duet, in step with one's own beside it.

const DRIFT = 0.12; // seconds out of step before it is pulled back

export class Beside {
  #film = document.createElement("video");
  #edit;
  #stage;

  constructor(frame, edit, stage, url) {
    this.#edit = edit;
    this.#stage = stage;
    Object.assign(this.#film, { className: "stage__beside", playsInline: true, preload: "auto", tabIndex: -1, src: url });
    this.#film.setAttribute("aria-hidden", "true");
    frame.prepend(this.#film);
    edit.whenever("recipe", () => stage.root.classList.toggle("is-duet", this.#isDuet));
    edit.addEventListener("time", () => this.#follow());
    stage.addEventListener("playing", () => this.#follow());
  }

  stop() {
    this.#film.pause();
    this.#film.removeAttribute("src");
  }

  get #isDuet() {
    return this.#edit.recipe.layout?.kind === "duet";
  }

  #follow() {
    if (!this.#isDuet) return;
    const wanted = this.#edit.time / 1000;
    const isHeard = this.#stage.isMoving && wanted < this.#film.duration;
    if (Math.abs(this.#film.currentTime - wanted) > DRIFT && !this.#film.seeking) this.#film.currentTime = wanted;
    if (isHeard && this.#film.paused) this.#film.play().catch(() => {});
    if (!isHeard && !this.#film.paused) this.#film.pause();
  }
}
