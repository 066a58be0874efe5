// Words on the film: shown while their time is, moved by finger, mouse and keys, sized by a handle or two fingers.

import { changedText, clamp, withoutText } from "./recipe.js";

const NUDGE = 0.01; // of the frame
const GROW = 1.08;
export const SIZES = { least: 0.02, most: 0.2 };

export class Texts {
  #root;
  #edit;
  #stage;
  #fingers = new Map();
  #spread = 0;

  constructor(root, edit, stage) {
    this.#root = root;
    this.#edit = edit;
    this.#stage = stage;
    edit.whenever("recipe chosen", () => this.#draw());
    edit.addEventListener("time", () => this.#showThoseOfNow());
    stage.addEventListener("playing", () => this.#showThoseOfNow());
    root.addEventListener("pointerdown", (event) => this.#take(event));
    root.addEventListener("pointermove", (event) => this.#drag(event));
    for (const type of ["pointerup", "pointercancel"]) root.addEventListener(type, (event) => this.#fingers.delete(event.pointerId));
    root.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("focusin", ({ target }) => this.#choose(target));
  }

  #draw() {
    const { texts } = this.#edit.recipe;
    while (this.#root.children.length > texts.length) this.#root.lastElementChild.remove();
    texts.forEach((text, index) => fillText(this.#root.children[index] ?? this.#add(), text, this.#edit.isChosen("text", index)));
    this.#showThoseOfNow();
  }

  #add() {
    const made = document.createElement("div");
    made.className = "words";
    made.tabIndex = 0;
    made.setAttribute("role", "group");
    made.append(document.createElement("span"), handle());
    this.#root.append(made);
    return made;
  }

  /** What is chosen stays in sight while one works on it. */
  #showThoseOfNow() {
    const { time, recipe } = this.#edit;
    recipe.texts.forEach(({ from_ms, to_ms }, index) => {
      const isNow = from_ms <= time && time < to_ms;
      const isWorkedOn = this.#edit.isChosen("text", index) && !this.#stage.isPlaying;
      this.#root.children[index].hidden = !isNow && !isWorkedOn;
      this.#root.children[index].classList.toggle("is-away", !isNow);
    });
  }

  #indexOf(target) {
    const words = target.closest(".words");
    return words ? [...this.#root.children].indexOf(words) : -1;
  }

  #choose(target) {
    const index = this.#indexOf(target);
    if (index >= 0) this.#edit.choose("text", index);
  }

  #take(event) {
    const index = this.#indexOf(event.target);
    if (index < 0) return;
    this.#edit.choose("text", index);
    this.#root.setPointerCapture(event.pointerId);
    const isHandle = Boolean(event.target.closest(".words__size"));
    this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY, index, isHandle });
    this.#spread = this.#distance;
  }

  #drag(event) {
    const finger = this.#fingers.get(event.pointerId);
    if (!finger) return;
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    Object.assign(finger, { x: event.clientX, y: event.clientY });
    if (this.#fingers.size > 1) this.#pinch(finger.index);
    else if (finger.isHandle) this.#stretch(finger.index, event);
    else this.#shift(finger.index, dx / this.#root.clientWidth, dy / this.#root.clientHeight);
  }

  get #distance() {
    const [one, other] = this.#fingers.values();
    return other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  }

  #pinch(index) {
    const now = this.#distance;
    if (this.#spread && now) this.#scale(index, now / this.#spread);
    this.#spread = now;
  }

  /** The further the handle is from the middle, the larger. */
  #stretch(index, { clientX, clientY, movementX, movementY }) {
    const box = this.#root.children[index].getBoundingClientRect();
    const [x, y] = [clientX - (box.left + box.right) / 2, clientY - (box.top + box.bottom) / 2];
    const before = Math.hypot(x - movementX, y - movementY);
    if (before > 4) this.#scale(index, Math.hypot(x, y) / before);
  }

  #shift(index, dx, dy) {
    const { x, y } = this.#edit.recipe.texts[index];
    this.#change(index, { x: rounded(clamp(x + dx, 0, 1)), y: rounded(clamp(y + dy, 0, 1)) });
  }

  #scale(index, factor) {
    const { size } = this.#edit.recipe.texts[index];
    this.#change(index, { size: rounded(clamp(size * factor, SIZES.least, SIZES.most)) });
  }

  #change(index, values) {
    this.#edit.change(changedText(this.#edit.recipe, index, values), `text-${index}`);
  }

  #key(event) {
    const index = this.#indexOf(event.target);
    if (index < 0) return;
    const step = event.shiftKey ? NUDGE * 5 : NUDGE;
    const ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const sizes = { "+": GROW, "=": GROW, "-": 1 / GROW };
    if (ways[event.key]) this.#shift(index, ...ways[event.key]);
    else if (sizes[event.key]) this.#scale(index, sizes[event.key]);
    else if (event.key === "Delete" || event.key === "Backspace") this.#edit.change(withoutText(this.#edit.recipe, index));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function handle() {
  const made = document.createElement("i");
  made.className = "words__size";
  made.setAttribute("aria-hidden", "true");
  return made;
}

function fillText(made, text, isChosen) {
  made.firstElementChild.textContent = text.text;
  made.className = `words words--${text.style}${isChosen ? " is-chosen" : ""}`;
  made.setAttribute("aria-label", interpolate(gettext("Text “%s”. Arrow keys move it, plus and minus size it."), [text.text]));
  const values = { "--x": text.x, "--y": text.y, "--size": text.size, "--colour": text.colour, "--on-colour": contrasting(text.colour) };
  for (const [name, value] of Object.entries(values)) made.style.setProperty(name, value);
}

/** Black or white, whichever is read on this colour; the renderer reckons in the same way. */
export function contrasting(colour) {
  const [red, green, blue] = [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 150 ? "#000000" : "#ffffff";
}

const rounded = (value) => Math.round(value * 10_000) / 10_000;
