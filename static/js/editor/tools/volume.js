// How loud the clips are, and how loud the music.

export class VolumePanel {
  #edit;
  #clips;
  #music;

  constructor(root, { edit }) {
    this.#edit = edit;
    [this.#clips, this.#music] = root.querySelectorAll("[data-volume]");
    this.#clips.addEventListener("input", () => edit.change({ ...edit.recipe, volume: this.#clips.value / 100 }, "volume"));
    this.#music.addEventListener("input", () => {
      edit.change({ ...edit.recipe, music: { ...edit.recipe.music, volume: this.#music.value / 100 } }, "music-volume");
    });
    edit.whenever("recipe", () => this.draw());
  }

  draw() {
    const { volume, music } = this.#edit.recipe;
    show(this.#clips, volume);
    show(this.#music, music?.volume ?? 1);
    this.#music.disabled = !music;
  }
}

function show(slider, volume) {
  slider.value = Math.round(volume * 100);
  slider.nextElementSibling.textContent = slider.value;
  slider.setAttribute("aria-valuetext", `${slider.value} %`);
}
