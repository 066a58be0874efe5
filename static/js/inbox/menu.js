// What can be done with a conversation in the list: by its button, right click, long press, the menu key.

import { place } from "../talk/menu.js";
import { isOn, looksUnread } from "./row.js";

const LONG_PRESS = 450;
const SLIP = 10;

export class RowMenu {
  #menu;
  #keep;
  #row = null;
  #returnTo = null;

  /** `keep(row, settings)` stores what was chosen; `file(row, folder, isInside)` puts it into a folder. */
  constructor(menu, list, { keep, file }) {
    this.#menu = menu;
    this.#keep = keep;
    this.file = file;
    menu.addEventListener("click", (event) => this.#choose(event.target.closest("[data-do]")));
    menu.addEventListener("keydown", (event) => this.#walk(event));
    menu.addEventListener("toggle", (event) => event.newState === "closed" && this.#closed());
    list.addEventListener("contextmenu", (event) => this.#asked(event));
    list.addEventListener("click", (event) => this.#pressed(event));
    list.addEventListener("pointerdown", (event) => this.#held(event));
  }

  stop() {
    if (this.#menu.matches(":popover-open")) this.#menu.hidePopover();
  }

  /** Open for a row, near `at` ({x, y}). */
  open(row, at) {
    this.#row = row;
    this.#returnTo = document.activeElement;
    this.#show("main");
    this.#toggle("pin", !isOn(row, "pinned"));
    this.#toggle("unpin", isOn(row, "pinned"));
    this.#menu.querySelector('[data-section="mute"]').hidden = isOn(row, "muted");
    this.#toggle("unmute", isOn(row, "muted"));
    this.#toggle("read", looksUnread(row));
    this.#toggle("unread", !looksUnread(row));
    this.#toggle("archive", !isOn(row, "archived"));
    this.#toggle("unarchive", isOn(row, "archived"));
    this.#menu.querySelector('[data-go="settings"]').href = `/chat/${row.dataset.conversation}/info/`;
    this.#showFolders(row);
    this.#menu.showPopover();
    document.addEventListener("pointerdown", this.#pressElsewhere, true);
    place(this.#menu, at);
    row.classList.add("is-chosen");
    this.#focusFirst();
  }

  #show(view) {
    for (const section of this.#menu.querySelectorAll("[data-view]")) section.hidden = section.dataset.view !== view;
  }

  #toggle(name, isShown) {
    this.#menu.querySelector(`[data-do="${name}"]`).hidden = !isShown;
  }

  #showFolders(row) {
    const inside = (row.dataset.folders ?? "").split(" ");
    for (const button of this.#menu.querySelectorAll("[data-folder]")) {
      button.setAttribute("aria-checked", String(inside.includes(button.dataset.folder)));
    }
  }

  #focusFirst() {
    this.#buttons()[0]?.focus({ preventScroll: true });
  }

  #buttons() {
    return [...this.#menu.querySelectorAll("button, a")].filter((each) => each.checkVisibility());
  }

  #choose(button) {
    if (!button || !this.#row) return;
    const { do: name, folder, span } = button.dataset;
    if (name === "show") {
      this.#show(button.dataset.section);
      return this.#focusFirst();
    }
    const row = this.#row;
    this.#menu.hidePopover();
    if (name === "folder") return this.file(row, folder, button.getAttribute("aria-checked") !== "true");
    const settings = {
      pin: { pinned: true },
      unpin: { pinned: false },
      span: { muted: span },
      unmute: { muted: "off" },
      read: { unread: false },
      unread: { unread: true },
      archive: { archived: true },
      unarchive: { archived: false },
    };
    this.#keep(row, settings[name]);
  }

  #walk(event) {
    if (event.key === "Escape" || event.key === "Tab") return this.#menu.hidePopover();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = this.#buttons();
    const next = buttons.indexOf(document.activeElement) + step;
    buttons[(next + buttons.length) % buttons.length].focus();
  }

  #asked(event) {
    const row = event.target.closest("li[data-conversation]");
    if (!row) return;
    event.preventDefault();
    if (event.pointerType === "touch") return; // the long press has opened it
    const box = row.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    this.open(row, byKey ? { x: box.left + 48, y: box.bottom } : { x: event.clientX, y: event.clientY });
  }

  #pressed(event) {
    const button = event.target.closest("[data-row-more]");
    if (!button) return;
    event.preventDefault();
    const box = button.getBoundingClientRect();
    this.open(button.closest("li"), { x: box.left, y: box.bottom });
  }

  #held(event) {
    const row = event.target.closest("li[data-conversation]");
    if (!row || event.pointerType === "mouse") return;
    const end = () => {
      clearTimeout(timer);
      for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, end);
      removeEventListener("pointermove", slip);
    };
    const slip = (move) => Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY) > SLIP && end();
    const timer = setTimeout(() => {
      end();
      navigator.vibrate?.(8);
      // The finger that lifts would otherwise follow the link.
      addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
      this.open(row, { x: event.clientX, y: event.clientY });
    }, LONG_PRESS);
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end);
    addEventListener("pointermove", slip);
  }

  /** A manual popover: an automatic one would close as the finger of a long press lifts. */
  #pressElsewhere = (event) => {
    if (!this.#menu.contains(event.target)) this.#menu.hidePopover();
  };

  #closed() {
    document.removeEventListener("pointerdown", this.#pressElsewhere, true);
    this.#row?.classList.remove("is-chosen");
    if (this.#menu.contains(document.activeElement)) this.#returnTo?.focus({ preventScroll: true });
    this.#row = null;
  }
}
