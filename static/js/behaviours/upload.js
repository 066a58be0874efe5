// Posting a video: pick or drop, look at it, send it with a bar that moves, be told what is wrong.

const LIMIT = 200 * 2 ** 20;

class Upload {
  #request = null;

  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.preview = this.#find("preview");
    this.preview.addEventListener("error", () => this.#forget());
    this.input.addEventListener("change", () => this.#picked());
    form.addEventListener("submit", (event) => this.#send(event));
    this.#listenForDrops(this.#find("drop"));
    this.#countWords();
    this.leaving = (event) => this.#request && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
  }

  stop() {
    this.#request?.abort();
    window.removeEventListener("beforeunload", this.leaving);
  }

  #find(name) {
    return this.form.querySelector(`[data-${name}]`);
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
      if (!event.dataTransfer.files.length) return;
      this.input.files = event.dataTransfer.files;
      this.#picked();
    });
  }

  #picked() {
    const [file] = this.input.files;
    this.#problem("");
    if (!file) return;
    this.#find("pick-words").textContent = file.name;
    if (this.preview.src) URL.revokeObjectURL(this.preview.src);
    this.preview.src = URL.createObjectURL(file);
    this.preview.hidden = false;
    this.form.classList.add("has-file");
    if (file.size > LIMIT) this.#problem(gettext("This file is larger than 200 MB. Make it smaller and try again."));
  }

  /** What this browser cannot show may be a video all the same: the server knows. */
  #forget() {
    this.preview.hidden = true;
    this.form.classList.remove("has-file");
  }

  #send(event) {
    event.preventDefault();
    if (this.#request) return;
    if (!this.input.files.length) return this.#problem(gettext("Choose a video first."));
    this.#problem("");
    this.#go(true);
    const sending = new XMLHttpRequest();
    this.#request = sending;
    sending.open("POST", this.form.dataset.api);
    sending.setRequestHeader("Accept", "application/json");
    sending.setRequestHeader("X-CSRFToken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    sending.upload.addEventListener("progress", ({ loaded, total }) => this.#show(loaded / total));
    sending.addEventListener("load", () => this.#answered(sending));
    for (const name of ["error", "timeout"]) sending.addEventListener(name, () => this.#lost());
    sending.send(new FormData(this.form));
  }

  #show(part) {
    const percent = Math.floor(part * 100);
    this.#find("bar").parentElement.style.setProperty("--progress", percent);
    this.#find("state").textContent = percent < 100 ? interpolate(gettext("Uploading, %s"), [inPercent(part)]) : gettext("Checking the file …");
  }

  #answered(sending) {
    this.#request = null;
    const answer = JSON.parse(sending.responseText || "{}");
    if (sending.status === 201) return location.assign(answer.url);
    this.#go(false);
    this.#problem(answer.detail || gettext("That did not work. Please try again."));
  }

  #lost() {
    this.#request = null;
    this.#go(false);
    this.#problem(gettext("The connection broke. Your video is still here: press Post to try again."));
  }

  #go(isGoing) {
    this.#find("going").hidden = !isGoing;
    this.#find("post").disabled = isGoing;
    if (isGoing) this.#show(0);
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

/** `50%` or `50 %`, as the language writes it; never a hundred before the end. */
function inPercent(part) {
  const language = document.documentElement.lang;
  return new Intl.NumberFormat(language, { style: "percent", roundingMode: "floor" }).format(part);
}
