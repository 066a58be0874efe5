// Whom words name, in what is written and in what was said. chat/mentions.py and accounts/linking/naming.py say the same.

import { namesIn } from "../lib/linkify.js";

export const ALL = "all";

/** The ids that words being sent mention: of people who are known here, and "all" where one may. */
export function mentionsOf(words, talk) {
  if (talk.kind !== "group") return [];
  const ids = namesIn(words).map(({ name }) =>
    name.toLowerCase() === ALL ? talk.may_mention_all && ALL : talk.people.named(name)?.id,
  );
  return [...new Set(ids.filter(Boolean))].slice(0, 20);
}

/**
 * Which name means whom, by lower-case name. Whoever has another username since is meant by a name that nobody has,
 * where as many names as people are left over.
 */
export function readNames(words, mentions, talk) {
  const cards = mentions.map((id) => (id === ALL ? { id, username: ALL } : talk.people.get(id)));
  const names = [...new Set(namesIn(words).map(({ name }) => name.toLowerCase()))];
  const now = new Map(cards.map((card) => [card.username.toLowerCase(), card]));
  const found = new Map(names.filter((name) => now.has(name)).map((name) => [name, now.get(name)]));
  const namesLeft = names.filter((name) => !found.has(name));
  const peopleLeft = [...now].filter(([name]) => !found.has(name)).map(([, card]) => card);
  if (namesLeft.length === peopleLeft.length) namesLeft.forEach((name, place) => found.set(name, peopleLeft[place]));
  return found;
}

/** Whether a message calls this person. */
export function calls(message, talk) {
  const mentions = message.mentions ?? [];
  return message.author !== talk.me && (mentions.includes(talk.me) || mentions.includes(ALL));
}
