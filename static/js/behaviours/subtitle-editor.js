// The rows of subtitles beside the film: times are taken from it, and what is read now stands on it.

const TIME = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,3})(?:[.,](\d{1,3}))?$/;

/** `1:02.5` as seconds; NaN for what is no time. */
export function seconds(text) {
  const found = TIME.exec(text.trim());
  if (!found) return Number.NaN;
  const [hours, minutes, whole] = found.slice(1, 4).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + whole + Number(`0.${found[4] ?? 0}`);
}

/** Seconds as they are written in a row: `01:02.500`. */
export function clock(moment) {
  const all = Math.round(moment * 1000);
  const [minutes, rest] = [Math.floor(all / 60_000), all % 60_000];
  return `${String(minutes).padStart(2, "0")}:${(rest / 1000).toFixed(3).padStart(6, "0")}`;
}

class Editor {
  #isChanged = false;

  constructor(form) {
    this.form = form;
    this.film = form.querySelector("[data-film]");
    this.rows = form.querySelector("[data-rows]");
    this.said = form.querySelector("[data-said]");
    form.querySelector("[data-add]").addEventListener("click", () => this.#focus(this.#append()));
    form.addEventListener("click", (event) => this.#press(event));
    form.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("input", ({ target }) => this.#changed(target.closest("[data-row]")));
    form.addEventListener("focusin", ({ target }) => this.#visit(target.closest("[data-row]")));
    form.addEventListener("submit", () => (this.#isChanged = false));
    this.film.addEventListener("timeupdate", () => this.#show());
    this.leaving = (event) => this.#isChanged && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
    this.#reveal(form);
    // Spare rows are for those without script.
    for (const row of [...this.rows.children].reverse()) {
      if (this.rows.childElementCount === 1 || !isBlank(row)) break;
      row.remove();
    }
  }

  stop() {
    window.removeEventListener("beforeunload", this.leaving);
  }

  #reveal(root) {
    root.querySelectorAll("[data-take], [data-drop], [data-add], [data-keys]").forEach((part) => (part.hidden = false));
  }

  #append() {
    const row = this.form.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
    this.#reveal(row);
    this.rows.append(row);
    return row;
  }

  #press({ target }) {
    const row = target.closest("[data-row]");
    const take = target.closest("[data-take]");
    if (take) this.#take(field(row, take.dataset.take));
    else if (target.closest("[data-drop]")) this.#drop(row);
  }

  #take(input) {
    input.value = clock(this.film.currentTime);
    this.#changed(input.closest("[data-row]"));
  }

  #drop(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling ?? this.#append();
    row.remove();
    this.#isChanged = true;
    this.#focus(next);
  }

  #focus(row) {
    field(row, "text").focus();
    row.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const row = event.target.closest("[data-row]");
    if (event.key === " " && event.shiftKey) this.film.paused ? this.film.play() : this.film.pause();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && row) this.#goOn(row);
    else if (event.key === "Enter" && event.target.matches("[data-starts], [data-ends]")) this.#takeAndMove(row, event.target);
    else return;
    event.preventDefault();
  }

  /** This one ends where the film is, and the next begins there. */
  #goOn(row) {
    if (!field(row, "starts").value) field(row, "starts").value = clock(0);
    this.#take(field(row, "ends"));
    const next = row.nextElementSibling ?? this.#append();
    if (!field(next, "starts").value) this.#take(field(next, "starts"));
    this.#focus(next);
  }

  #takeAndMove(row, input) {
    this.#take(input);
    field(row, input.matches("[data-starts]") ? "ends" : "text").focus();
  }

  #changed(row) {
    this.#isChanged = true;
    if (row) row.classList.toggle("is-wrong", isWrong(row));
    this.#show();
  }

  /** While the film rests, it goes to the row one looks at. */
  #visit(row) {
    const start = row ? seconds(field(row, "starts").value) : Number.NaN;
    if (this.film.paused && !Number.isNaN(start) && field(row, "text") === document.activeElement) this.film.currentTime = start;
  }

  #show() {
    const now = this.film.currentTime;
    const words = [];
    for (const row of this.rows.children) {
      const isNow = seconds(field(row, "starts").value) <= now && now < seconds(field(row, "ends").value);
      row.classList.toggle("is-now", isNow);
      if (isNow) words.push(field(row, "text").value);
    }
    this.said.textContent = words.join("\n");
  }
}

const field = (row, name) => row.querySelector(`[data-${name}]`);
const isBlank = (row) => ["starts", "ends", "text"].every((name) => !field(row, name).value);
const isWrong = (row) => {
  const [from, to] = [seconds(field(row, "starts").value), seconds(field(row, "ends").value)];
  return Boolean(field(row, "starts").value && field(row, "ends").value) && !(to > from);
};

export default function subtitleEditor(form) {
  const running = new Editor(form);
  return () => running.stop();
}
