// What can be done with one message: react, reply, copy, edit, unsend; by hover, long press, right click or keys.

import { read } from "./message.js";

const LONG_PRESS = 420;
const SLIP = 10;
const EDIT_WINDOW = 15 * 60_000;
/** What the menu itself knows when to show. */
const OWN = new Set(["react", "more-emoji", "reply", "copy", "edit", "unsend"]);

/** Binds the menu of a talk. `act(name, item, detail)` does what was chosen. */
export class Menu {
  #root;
  #act;
  #features;
  #menu;
  #picker;
  #item = null;
  #bound = new WeakSet();
  #returnTo = null;

  constructor(root, act, features) {
    this.#root = root;
    this.#act = act;
    this.#features = features;
    this.#menu = root.querySelector("[data-menu]");
    this.#picker = root.querySelector("[data-picker]");
    this.bind(root.querySelector("[data-log]"));
    this.#menu.addEventListener("click", (event) => this.#choose(event.target.closest("[data-do]")));
    this.#menu.addEventListener("keydown", (event) => this.#walk(event));
    this.#menu.addEventListener("toggle", (event) => {
      if (event.newState === "closed") this.#closed();
    });
  }

  /** Open for a message, near `at` ({x, y}), else near the message itself. */
  open(item, at = null) {
    const message = read(item);
    if (!message.seq || message.isUnsent) return;
    this.#item = item;
    this.#returnTo = document.activeElement;
    const isFresh = Date.now() - Date.parse(message.created_at) < EDIT_WINDOW;
    this.#show("edit", message.isMine && isFresh && Boolean(message.body));
    this.#show("unsend", message.isMine);
    this.#show("copy", Boolean(message.body));
    this.#menu.querySelector(".menu__emoji").hidden = !this.#features.offers("react", message, item);
    for (const { dataset } of this.#menu.querySelectorAll("[data-do]:not([data-emoji])")) {
      if (!OWN.has(dataset.do)) this.#show(dataset.do, this.#features.offers(dataset.do, message, item));
    }
    this.#menu.showPopover();
    document.addEventListener("pointerdown", this.#pressElsewhere, true);
    place(this.#menu, at ?? besides(item));
    item.classList.add("is-chosen");
    this.#buttons[0]?.focus({ preventScroll: true });
  }

  /** The whole set of emoji; `choose(emoji)` hears which. Its code comes only now. */
  async pickEmoji(near, choose) {
    const { emojiPicker } = await import("./emoji.js");
    const picker = await emojiPicker(this.#root.dataset.emojiData, (emoji) => {
      this.#picker.hidePopover();
      choose(emoji);
    });
    this.#picker.replaceChildren(picker);
    this.#picker.showPopover();
    place(this.#picker, near);
    picker.querySelector("input").focus({ preventScroll: true });
  }

  #show(name, isShown) {
    this.#menu.querySelector(`[data-do="${name}"]`).hidden = !isShown;
  }

  /** Those that are shown, in order. */
  get #buttons() {
    return [...this.#menu.querySelectorAll("button")].filter((button) => button.checkVisibility());
  }

  #choose(button) {
    if (!button || !this.#item) return;
    const item = this.#item;
    if (button.dataset.do === "unsend" && !this.#isSure(button)) return;
    const box = this.#menu.getBoundingClientRect();
    this.#menu.hidePopover();
    if (button.dataset.do === "more-emoji") {
      this.pickEmoji({ x: box.left, y: box.top }, (emoji) => this.#act("react", item, emoji));
    } else this.#act(button.dataset.do, item, button.dataset.emoji);
  }

  /** What cannot be taken back is asked twice. */
  #isSure(button) {
    if (button.classList.contains("is-armed")) return true;
    button.classList.add("is-armed");
    button.lastChild.textContent = gettext("Unsend? Press again");
    return false;
  }

  #disarm() {
    const button = this.#menu.querySelector('[data-do="unsend"]');
    button.classList.remove("is-armed");
    button.lastChild.textContent = button.dataset.words;
  }

  /** The popover is a manual one: an automatic one would close as the finger of a long press lifts. */
  #pressElsewhere = (event) => {
    if (!this.#menu.contains(event.target)) this.#menu.hidePopover();
  };

  #closed() {
    document.removeEventListener("pointerdown", this.#pressElsewhere, true);
    this.#disarm();
    this.#item?.classList.remove("is-chosen");
    if (this.#menu.contains(document.activeElement)) this.#returnTo?.focus({ preventScroll: true });
    this.#item = null;
  }

  #walk(event) {
    if (event.key === "Escape" || event.key === "Tab") return this.#menu.hidePopover();
    const buttons = this.#buttons;
    const here = buttons.indexOf(document.activeElement);
    const onward = getComputedStyle(this.#menu).direction === "rtl" ? -1 : 1;
    const places = { ArrowDown: here + 1, ArrowRight: here + onward, ArrowUp: here - 1, ArrowLeft: here - onward, Home: 0, End: -1 };
    if (!(event.key in places)) return;
    event.preventDefault();
    buttons.at(places[event.key] % buttons.length).focus();
  }

  /** Hear what is done to the messages of this list; a second time is fine. */
  bind(log) {
    if (this.#bound.has(log)) return;
    this.#bound.add(log);
    log.addEventListener("contextmenu", (event) => {
      const item = event.target.closest(".message");
      if (!item || event.target.closest("a, video")) return;
      event.preventDefault();
      if (event.pointerType !== "touch") this.open(item, { x: event.clientX, y: event.clientY });
    });
    log.addEventListener("dblclick", (event) => {
      const item = event.target.closest(".message__said")?.closest(".message");
      if (item && !getSelection().toString().includes(" ")) this.#act("react", item, "❤️");
    });
    log.addEventListener("pointerdown", (event) => this.#press(event));
    log.addEventListener("keydown", (event) => this.#key(event, log));
  }

  #press(event) {
    const item = event.target.closest(".message__said")?.closest(".message");
    if (!item || event.pointerType === "mouse") return;
    const stop = () => {
      clearTimeout(timer);
      for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, stop);
      removeEventListener("pointermove", slip);
    };
    const slip = (move) => {
      if (Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY) > SLIP) stop();
    };
    const timer = setTimeout(() => {
      stop();
      navigator.vibrate?.(8);
      this.open(item, { x: event.clientX, y: event.clientY });
    }, LONG_PRESS);
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, stop);
    addEventListener("pointermove", slip);
  }

  /** Arrows walk from message to message, Enter opens the menu, R replies. */
  #key(event, log) {
    if (event.target.closest("button, a, video") && event.key === "Enter") return;
    const items = [...log.querySelectorAll(".message")];
    const here = items.indexOf(event.target.closest(".message"));
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const start = here < 0 ? items.length : here;
      const next = items[Math.min(items.length - 1, Math.max(0, start + (event.key === "ArrowUp" ? -1 : 1)))];
      next?.focus();
    } else if (here >= 0 && (event.key === "Enter" || event.key === "ContextMenu")) {
      event.preventDefault();
      this.open(items[here]);
    } else if (here >= 0 && event.key === "r" && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      this.#act("reply", items[here]);
    }
  }
}

function besides(item) {
  const box = item.querySelector(".message__said").getBoundingClientRect();
  return { x: box.left, y: box.bottom };
}

/** Keep a popover on the screen; narrow screens show it as a sheet, by CSS alone. */
export function place(popover, { x, y }) {
  const { offsetWidth: width, offsetHeight: height } = popover;
  const left = Math.max(8, Math.min(x, innerWidth - width - 8));
  const top = Math.max(8, Math.min(y, innerHeight - height - 8));
  popover.style.setProperty("--left", `${left}px`);
  popover.style.setProperty("--top", `${top}px`);
}
