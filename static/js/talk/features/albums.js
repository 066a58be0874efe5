// Photos and videos: picked, pasted or dropped, shown in a grid, opened large; a lone film plays where it stands.

import { cardsOf, fillMedia } from "../media/markup.js";
import { byMessage, Posting } from "../media/posting.js";
import { Tray } from "../media/tray.js";
import { pick } from "../media/picking.js";

export class Albums {
  #talk;
  #stops = [];

  constructor(talk) {
    this.#talk = talk;
    this.tray = talk.tray = new Tray(talk.root);
    this.#listen(talk.root, "talk:send", (event) => this.#send(event));
    this.#listen(talk.root, "click", (event) => this.#open(event));
    this.#listen(talk.root, "paste", (event) => this.#paste(event));
    this.#listenForDrops(talk.root);
    this.#listen(window, "beforeunload", (event) => !this.tray.isEmpty && event.preventDefault());
  }

  stop() {
    this.tray.stop();
    this.#stops.forEach((stop) => stop());
  }

  tools = { photos: async () => this.#add(await pick({ accept: "image/*,.heic,.heif,video/*" })) };

  fill(item, message) {
    fillMedia(item, cardsOf(message), this.#talk);
  }

  #add(files, kind = null) {
    const composer = this.#talk.root.querySelector(".composer");
    // Where there is no button for it, nothing can be dropped or pasted either (R13, R24).
    if (!files.length || composer?.hidden !== false || !composer.querySelector('[data-tool="photos"]:not([data-beyond])')) return;
    if (!this.tray.add(files, kind)) {
      this.#talk.root.dispatchEvent(new CustomEvent("talk:problem", { detail: gettext("Send at most 10 at a time.") }));
    }
    composer.querySelector("textarea").focus({ preventScroll: true });
  }

  /** The words go with what lies in the tray: pictures as one album, files as another message behind it. */
  #send(event) {
    if (this.tray.isEmpty) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const [first, second] = byMessage(this.tray.take());
    new Posting(this.#talk, event.detail, first);
    if (second) new Posting(this.#talk, { body: "" }, second);
  }

  async #open(event) {
    const tile = event.target.closest(".tile");
    if (!tile || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const box = tile.closest(".media");
    if (tile.dataset.kind === "video" && box.dataset.count === "1") return playHere(tile);
    const { Viewer } = await import("../media/viewer.js");
    this.viewer ??= new Viewer(this.#talk);
    this.viewer.open(tile);
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.#add(files);
  }

  #listenForDrops(root) {
    const drop = root.querySelector("[data-drop]");
    const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
    this.#listen(root, "dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      drop.hidden = false;
    });
    this.#listen(root, "dragleave", (event) => {
      if (!root.contains(event.relatedTarget)) drop.hidden = true;
    });
    this.#listen(root, "drop", (event) => {
      drop.hidden = true;
      if (!hasFiles(event)) return;
      event.preventDefault();
      this.#add([...event.dataTransfer.files]);
    });
  }

  #listen(target, type, handler) {
    target.addEventListener(type, handler);
    this.#stops.push(() => target.removeEventListener(type, handler));
  }
}

/** The poster becomes the playing film; everything else of the page stops. */
function playHere(tile) {
  for (const other of document.querySelectorAll("video, audio")) other.pause();
  const picture = tile.querySelector('[data-field="picture"]');
  const film = document.createElement("video");
  film.className = "tile tile--playing";
  film.dataset.medium = tile.dataset.medium;
  film.dataset.kind = "video";
  Object.assign(film, { src: tile.href, poster: picture.src, width: picture.width, height: picture.height });
  film.controls = film.playsInline = film.autoplay = true;
  tile.replaceWith(film);
  film.focus();
}
