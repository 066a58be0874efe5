// Stickers: one's own set beside the emoji, one tap sends; from a message into the set, made of a picture or a film.

import { deleteJSON, getJSON, patchJSON, postJSON } from "../../lib/http.js";
import { toast } from "../../lib/toast.js";
import { place } from "../menu.js";
import { part } from "../message.js";
import { pick } from "../media/picking.js";

const STICKERS = "/api/v1/stickers/";

export class Stickers {
  #talk;
  #picker;
  #from = "mine";
  #isEditing = false;
  #sets = {};

  constructor(talk) {
    this.#talk = talk;
    this.#picker = talk.root.querySelector("[data-stickers]");
    this.#picker.addEventListener("click", (event) => this.#press(event));
    this.#picker.addEventListener("contextmenu", (event) => this.#press(event));
  }

  acts = { "keep-sticker": (item) => this.#keep(item.querySelector(".sticker").dataset.sticker) };

  offers = { "keep-sticker": (message, item) => Boolean(item.querySelector(".sticker")) };

  tools = {
    stickers: (button) => this.#open(button),
    "sticker-new": () => this.#make(),
    "sticker-edit": (button) => this.#edit(button),
  };

  async #open(button) {
    const box = button.getBoundingClientRect();
    this.#picker.showPopover();
    place(this.#picker, { x: box.right - this.#picker.offsetWidth, y: box.top - this.#picker.offsetHeight - 8 });
    await this.#show();
    place(this.#picker, { x: box.right - this.#picker.offsetWidth, y: box.top - this.#picker.offsetHeight - 8 });
  }

  async #show() {
    for (const tab of this.#picker.querySelectorAll("[data-from]")) {
      tab.setAttribute("aria-selected", String(tab.dataset.from === this.#from));
    }
    try {
      this.#sets[this.#from] = await getJSON(this.#from === "mine" ? STICKERS : `${STICKERS}?from=friends`);
    } catch (error) {
      return this.#say(error.message);
    }
    this.#fill(this.#sets[this.#from]);
  }

  #fill(stickers) {
    const grid = part(this.#picker, "grid");
    grid.replaceChildren(...stickers.map((sticker) => this.#choice(sticker)));
    grid.classList.toggle("is-editing", this.#isEditing && this.#from === "mine");
    if (stickers.length) return;
    this.#say(
      this.#from === "mine"
        ? gettext("No stickers yet. Make one of a photo, or add one from a message.")
        : gettext("Nobody you follow has published a sticker."),
    );
  }

  #say(words) {
    const none = document.createElement("p");
    none.className = "stickers__none";
    none.textContent = words;
    part(this.#picker, "grid").replaceChildren(none);
  }

  #choice(sticker) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "stickers__one";
    button.dataset.sticker = sticker.id;
    const picture = document.createElement("img");
    Object.assign(picture, { src: sticker.url, alt: sticker.alt || gettext("Sticker"), width: 80, height: 80, loading: "lazy" });
    button.append(picture);
    if (!this.#isEditing || this.#from !== "mine") return button;
    const holder = document.createElement("div");
    holder.className = "stickers__edited";
    holder.append(picture, this.#wish("remove", gettext("Remove"), sticker));
    if (sticker.is_mine) holder.append(this.#wish("publish", sticker.is_published ? gettext("Published") : gettext("Publish"), sticker));
    return holder;
  }

  #wish(name, words, sticker) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "chip", textContent: words });
    button.dataset.wish = name;
    button.dataset.sticker = sticker.id;
    if (name === "publish") button.setAttribute("aria-pressed", String(sticker.is_published));
    return button;
  }

  #press(event) {
    const tab = event.target.closest("[data-from]");
    if (tab) {
      this.#from = tab.dataset.from;
      return this.#show();
    }
    const button = event.target.closest("[data-sticker]");
    if (!button || event.type === "contextmenu") return;
    const { wish, sticker } = button.dataset;
    if (wish) return this.#change(wish, sticker, button);
    const card = this.#sets[this.#from].find((each) => each.id === sticker);
    this.#picker.hidePopover();
    const shown = { ...card, id: `local:${sticker}`, sticker };
    this.#talk.send({ body: "", media: [`sticker:${sticker}`], cards: [shown] });
  }

  async #change(wish, sticker, button) {
    try {
      if (wish === "remove") await deleteJSON(`${STICKERS}${sticker}/`);
      else await patchJSON(`${STICKERS}${sticker}/`, { published: button.getAttribute("aria-pressed") !== "true" });
    } catch (error) {
      toast(error.message, { isBad: true });
    }
    this.#show();
  }

  #edit(button) {
    this.#isEditing = !this.#isEditing;
    button.setAttribute("aria-pressed", String(this.#isEditing));
    button.textContent = this.#isEditing ? gettext("Done") : gettext("Edit");
    this.#fill(this.#sets[this.#from] ?? []);
  }

  async #keep(sticker) {
    try {
      await postJSON(STICKERS, { sticker });
      toast(gettext("Added to your stickers."));
    } catch (error) {
      toast(error.message, { isBad: true });
    }
  }

  async #make() {
    const [file] = await pick({ accept: "image/*,video/*", isOne: true });
    if (!file) return;
    this.#picker.hidePopover();
    const { cut } = await import("../media/cutter.js");
    if (await cut(this.#talk.root.querySelector("[data-cutter]"), file)) toast(gettext("Added to your stickers."));
  }
}
