// What a conversation can do beside words (polls, albums, pins, ...): each a feature of its own, all bound the same way.

import { Albums } from "./features/albums.js";
import { Cards } from "./features/cards.js";
import { Channel } from "./features/channel.js";
import { Details } from "./features/details.js";
import { Files } from "./features/files.js";
import { Filtered } from "./features/filtered.js";
import { Finding } from "./features/finding.js";
import { Forwarding } from "./features/forwarding.js";
import { Links } from "./features/links.js";
import { Mentions } from "./features/mentions.js";
import { Own } from "./features/own.js";
import { Pins } from "./features/pins.js";
import { Polls } from "./features/polls.js";
import { Reminders } from "./features/reminders.js";
import { Reporting } from "./features/reporting.js";
import { Schedule } from "./features/schedule.js";
import { Selection } from "./features/selection.js";
import { Shop } from "./features/shop.js";
import { Stickers } from "./features/stickers.js";
import { Threads } from "./features/threads.js";
import { Timer } from "./features/timer.js";
import { Together } from "./features/together.js";
import { TranslationFeature } from "./features/translation.js";
import { Voice } from "./features/voice.js";
import { Watch } from "./features/watch.js";
import { Writing } from "./features/writing.js";

/** One line each: a feature's module is only read by a page that shows a conversation. */
const FEATURES = [Cards, Channel, Albums, Details, Files, Filtered, Finding, Forwarding, Links, Mentions, Own, Pins, Polls, Reporting, Selection, Shop, Stickers, Threads, Together, TranslationFeature, Voice, Watch, Writing, Reminders, Schedule, Timer];

/**
 * A feature is a class, made with the talk (conversation.js), that may have
 *
 * - `apply(event)`: a numbered event of this conversation, once the list of messages has it
 * - `fill(item, message)`: show in a message's markup what hangs on it, live; safe to repeat
 * - `adopt(item)`: take over a message that the server rendered
 * - `acts`: `{name: (item, button) => ...}`, for `data-act` inside a message and `data-do` in its menu; false leaves it to others
 * - `offers`: `{name: (message, item) => boolean}`, whether the menu shows that `data-do` (else always)
 * - `tools`: `{name: (button) => ...}`, for `data-tool` anywhere in the conversation
 * - `stop()`
 */
export class Features {
  #all;

  constructor(talk) {
    this.#all = FEATURES.map((Feature) => new Feature(talk));
  }

  apply(event) {
    for (const feature of this.#all) feature.apply?.(event);
  }

  fill(item, message) {
    for (const feature of this.#all) feature.fill?.(item, message);
  }

  adopt(item) {
    for (const feature of this.#all) feature.adopt?.(item);
  }

  /** Do what a message's button or menu entry names; whether any feature knew it. */
  act(name, item, button) {
    return this.#call("acts", name, item, button);
  }

  /** Do what a control outside the messages names. */
  use(name, button) {
    return this.#call("tools", name, button);
  }

  /** Whether the menu of this message shows the entry. */
  offers(name, message, item) {
    return this.#all.every((feature) => feature.offers?.[name]?.(message, item) ?? true);
  }

  stop() {
    for (const feature of this.#all) feature.stop?.();
  }

  #call(kind, name, ...what) {
    const feature = this.#all.find((each) => each[kind]?.[name]);
    return Boolean(feature) && feature[kind][name](...what) !== false;
  }
}
