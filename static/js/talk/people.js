// Who is who in a conversation: cards by id, asked of the server once when somebody unknown speaks.

import { getJSON } from "../lib/http.js";

const someone = (id) => ({ id, name: gettext("Someone"), username: "", avatar: "", hue: 0, initials: "?" });
const gone = () => ({ ...someone(""), name: gettext("Deleted user") });

export class People {
  #cards = new Map();
  #conversation;
  #asked = null;

  /** `nicknames` are what this person calls them here, by id. */
  constructor(conversation, cards = [], nicknames = {}) {
    this.#conversation = conversation;
    this.nicknames = nicknames;
    this.add(cards);
  }

  add(cards) {
    for (const card of cards) if (card?.id) this.#cards.set(card.id, card);
  }

  knows(id) {
    return !id || this.#cards.has(id);
  }

  /** The card of a user id; a stand-in for who is not known (yet). */
  get(id) {
    if (!id) return gone();
    const card = this.#cards.get(id) ?? someone(id);
    return this.nicknames[id] ? { ...card, name: this.nicknames[id] } : card;
  }

  /** The card of whoever has this username now, where they are known. */
  named(username) {
    const wanted = username.toLowerCase();
    return [...this.#cards.values()].find((card) => card.username.toLowerCase() === wanted);
  }

  get all() {
    return [...this.#cards.values()];
  }

  /** Make sure that these ids are known; answers whether anything was learnt. */
  async learn(ids) {
    if (ids.every((id) => this.knows(id))) return false;
    this.#asked ??= getJSON(`/api/v1/conversations/${this.#conversation}/`).finally(() => {
      this.#asked = null;
    });
    try {
      const { members = [], authors = [] } = await this.#asked;
      this.add([...members, ...authors]);
      return true;
    } catch {
      return false;
    }
  }
}
