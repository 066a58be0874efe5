// The page of a new video: choose films, see them come, say something about them; post them or edit them first.

import { Clips } from "../editor/clips.js";
import { getJSON, patchJSON, postJSON } from "../lib/http.js";
import { FilmRow } from "../upload/film-row.js";
import { Unfinished } from "../upload/unfinished.js";

const ASK_EVERY = 4000; // ms: the socket may be away
const FIELDS = ["caption", "audience", "alt_text"];

class Upload {
  #draft = null;
  #clips = null;
  #rows = new Map();
  /** What happens once all films are here: `post`, `edit`, `sell` or nothing yet. */
  #wish = "";
  /** Files that were chosen and are not announced yet. */
  #coming = 0;
  #timer = 0;

  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.input.multiple = true;
    this.input.addEventListener("change", () => this.#take([...this.input.files]));
    form.addEventListener("submit", (event) => this.#want(event, "post"));
    this.#find("edit").addEventListener("click", (event) => this.#want(event, "edit"));
    this.#find("sell")?.addEventListener("click", (event) => this.#want(event, "sell"));
    this.#find("wait").addEventListener("click", () => this.#become(""));
    for (const name of ["edit", "sell"]) this.#find(name)?.removeAttribute("hidden");
    this.#listenForDrops(this.#find("drop"));
    this.#countWords();
    this.unfinished = new Unfinished(document.querySelector("[data-unfinished]"), (upload, file) =>
      this.#goOn(upload, file).catch((error) => this.#refuse(error)),
    );
    this.unfinished.load().catch(() => {});
    this.leaving = (event) => this.#clips?.areUnderWay && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
    // Chosen before the script was here.
    if (this.input.files.length) this.#take([...this.input.files]);
  }

  stop() {
    this.#clips?.stop();
    clearInterval(this.#timer);
    window.removeEventListener("beforeunload", this.leaving);
  }

  #find(name) {
    return this.form.querySelector(`[data-${name}]`);
  }

  // --- Films ---------------------------------------------------------------------------------------

  async #take(files) {
    this.input.value = "";
    this.#problem("");
    // What was begun before comes first: its draft is the one that the others join.
    files.sort((one, other) => this.unfinished.has(other) - this.unfinished.has(one));
    this.#coming += files.length;
    for (const file of files) {
      await this.#takeOne(file).catch((error) => this.#refuse(error));
      this.#coming -= 1;
    }
    if (this.#wish) this.#goIfReady(this.#clips.all);
  }

  #refuse({ message }) {
    this.#become("");
    this.#problem(message);
  }

  async #takeOne(file) {
    const begun = this.unfinished.take(file);
    if (begun && (await this.#goOn(begun, file))) return;
    if (!this.#clips) this.#open(await postJSON("/api/v1/drafts/"));
    await this.#clips.add([file]);
  }

  /** Whether it goes on where it stopped: its draft is the one that is open, or none is yet. */
  async #goOn(upload, file) {
    const { draft } = await getJSON(`/api/v1/clips/${upload.id}/`);
    if (!this.#clips) this.#open(await getJSON(`/api/v1/drafts/${draft}/`));
    const clip = this.#clips.get(upload.id);
    if (!clip) return false;
    await this.#clips.goOn(clip, file);
    return true;
  }

  #open(draft) {
    this.#draft = draft;
    this.#clips = new Clips(draft.id, draft.clips);
    this.#clips.addEventListener("change", () => this.#show());
    this.#timer = setInterval(() => this.#clips.areUnderWay && this.#clips.refresh().catch(() => {}), ASK_EVERY);
    this.#show();
  }

  #show() {
    const clips = this.#clips.all;
    for (const [id, row] of this.#rows) if (!this.#clips.get(id)) this.#forget(id, row);
    for (const clip of clips) this.#row(clip).show();
    this.form.classList.toggle("has-films", clips.length > 0);
    this.#find("films").hidden = !clips.length;
    if (clips.length) this.unfinished.section.hidden = true;
    this.#find("pick-words").textContent = clips.length ? gettext("Add another film") : this.#find("pick-words").dataset.pickWords;
    if (this.#wish) this.#goIfReady(clips);
  }

  #row(clip) {
    const known = this.#rows.get(clip.id);
    if (known) return known;
    const row = new FilmRow(this.#find("film"), clip, this.#clips);
    this.#rows.set(clip.id, row);
    this.#find("films").append(row.element);
    return row;
  }

  #forget(id, row) {
    row.element.remove();
    this.#rows.delete(id);
  }

  #listenForDrops(zone) {
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("is-over");
      });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#take([...event.dataTransfer.files]);
    });
  }

  // --- Onwards -------------------------------------------------------------------------------------

  #want(event, wish) {
    event.preventDefault();
    this.#problem("");
    if (!this.#coming && !this.#clips?.all.length) return this.#problem(gettext("Choose a video first."));
    this.#become(wish);
    return this.#goIfReady(this.#clips?.all ?? []);
  }

  #become(wish) {
    this.#wish = wish;
    this.#find("going").hidden = !wish;
    this.#find("actions").hidden = Boolean(wish);
    const words = {
      post: gettext("It is posted as soon as all of it is here."),
      edit: gettext("The editor opens as soon as all of it is here."),
      sell: gettext("You choose products as soon as all of it is here."),
    };
    this.#find("going-words").textContent = words[wish] ?? "";
  }

  #goIfReady(clips) {
    if (this.#coming) return null;
    if (clips.every(({ isReady }) => isReady)) return this.#go(this.#wish);
    const stopped = clips.find(({ isReady, isUnderWay }) => !isReady && !isUnderWay);
    if (!stopped) return null;
    this.#become("");
    return this.#problem(`${stopped.name}: ${stopped.words}`);
  }

  async #go(wish) {
    this.#wish = "";
    try {
      const fields = Object.fromEntries(FIELDS.map((name) => [name, this.form.elements.namedItem(name).value]));
      await patchJSON(`/api/v1/drafts/${this.#draft.id}/`, fields);
      if (wish === "post") await postJSON(`/api/v1/drafts/${this.#draft.id}/publish/`);
      const next = { post: `/videos/${this.#draft.id}/`, sell: `/shop/videos/${this.#draft.id}/` };
      location.assign(next[wish] ?? this.#draft.url);
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** How much of the caption is left, from the moment it matters. */
  #countWords() {
    const caption = this.form.elements.namedItem("caption");
    const most = caption.maxLength;
    const count = document.createElement("span");
    count.className = "upload__count";
    document.getElementById(`${caption.id}-hint`)?.append(count);
    const show = () => {
      count.textContent = caption.value.length ? `${caption.value.length} / ${most}` : "";
      count.classList.toggle("is-over", caption.value.length > most * 0.95);
    };
    caption.addEventListener("input", show);
    show();
  }

  #problem(words) {
    this.#find("problem").hidden = !words;
    this.#find("problem-words").textContent = words;
  }
}

export default function upload(form) {
  const running = new Upload(form);
  return () => running.stop();
}
