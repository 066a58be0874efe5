// Subtitles of the clip in view: the browser reads the file and keeps the time, the words stand above the clip's foot.

const KEY = "medley-subtitles";
const OFF = "off";

const stored = () => {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
};

const base = (code) => code.toLowerCase().split("-")[0];

/** The language to begin with: what was chosen last, else the page's and the browser's, else the video's first. */
export function chosenLanguage(offered, wish, spoken) {
  if (wish === OFF) return "";
  const wanted = [wish, ...spoken].filter(Boolean);
  const exact = wanted.find((code) => offered.includes(code.toLowerCase()));
  if (exact) return exact.toLowerCase();
  const near = wanted.map((code) => offered.find((one) => base(one) === base(code))).find(Boolean);
  return near ?? offered[0] ?? "";
}

export class Subtitles {
  #wish = stored();
  #clip = null;
  #video = null;

  /** `clip` is in view and plays in `video`; words of the one before are gone. */
  show(clip, video) {
    this.#clear();
    this.#clip = clip;
    this.#video = video ?? null;
    if (clip && video) this.#begin();
  }

  /** A language, or "" for none: kept for every clip to come. */
  choose(language) {
    this.#wish = language || OFF;
    try {
      localStorage.setItem(KEY, this.#wish);
    } catch {
      // Without storage the choice holds for this page.
    }
    this.show(this.#clip, this.#video);
  }

  /** On where they are off, off where they are on. */
  toggle() {
    if (this.#choices.length) this.choose(this.#now ? "" : chosenLanguage(this.#offered, "", this.#spoken));
  }

  get #choices() {
    return this.#clip ? [...this.#clip.querySelectorAll("[data-subtitle][data-url]")] : [];
  }

  get #offered() {
    return this.#choices.map(({ dataset }) => dataset.subtitle);
  }

  get #spoken() {
    return [document.documentElement.lang, ...(navigator.languages ?? [])];
  }

  get #now() {
    return chosenLanguage(this.#offered, this.#wish, this.#spoken);
  }

  #begin() {
    const language = this.#now;
    for (const choice of this.#clip.querySelectorAll("[data-subtitle]")) choice.setAttribute("aria-checked", String(choice.dataset.subtitle === language));
    this.#clip.querySelector("[data-subtitles]")?.classList.toggle("is-on", Boolean(language));
    const chosen = this.#choices.find(({ dataset }) => dataset.subtitle === language);
    if (chosen) this.#read(chosen, this.#clip.querySelector("[data-words]"));
  }

  #read(choice, words) {
    const track = document.createElement("track");
    Object.assign(track, { kind: "captions", srclang: choice.dataset.subtitle, label: choice.textContent.trim(), src: choice.dataset.url });
    words.lang = choice.dataset.subtitle;
    track.track.addEventListener("cuechange", () => {
      const cues = [...(track.track.activeCues ?? [])];
      words.textContent = cues.map((cue) => cue.getCueAsHTML().textContent).join("\n");
      words.hidden = !cues.length;
    });
    this.#video.append(track);
    // The browser's own would lie under the clip's foot.
    track.track.mode = "hidden";
  }

  #clear() {
    this.#video?.querySelectorAll("track").forEach((track) => track.remove());
    const words = this.#clip?.querySelector("[data-words]");
    if (words) words.hidden = true;
  }
}
