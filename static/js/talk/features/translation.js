// A message in the reader's language, under its own words; asked for only when somebody presses.

import { part } from "../message.js";
import { translate } from "../verbs.js";

export class TranslationFeature {
  #talk;
  #template;

  acts = {
    translate: (item) => this.#talk.attempt(this.#show(item)),
    untranslate: (item) => item.querySelector("[data-translation]")?.remove(),
  };
  offers = { translate: ({ body }, item) => this.#talk.may_translate && Boolean(body) && !item.querySelector("[data-translation]") };

  constructor(talk) {
    this.#talk = talk;
    this.#template = talk.root.querySelector('template[data-part="translation"]');
  }

  /** Other words are no longer what was translated. */
  fill(item) {
    item.querySelector("[data-translation]")?.remove();
  }

  async #show(item) {
    const language = document.documentElement.lang || "en";
    const { words, language: source } = await translate(this.#talk.id, Number(item.dataset.seq), language);
    const shown = this.#template.content.firstElementChild.cloneNode(true);
    part(shown, "translated").textContent = words;
    const name = nameOf(source, language);
    part(shown, "translated-from").textContent = interpolate(gettext("Translated from %s"), [name]);
    item.querySelector("[data-translation]")?.remove();
    item.querySelector(".message__bubble").append(shown);
  }
}

function nameOf(code, language) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
