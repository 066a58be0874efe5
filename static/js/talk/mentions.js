// Whom words name: found in what is written, and shown in what was said. chat/mentions.py says the same on the server.

const NAMED = /(?<![\w@.])@([A-Za-z0-9._]{1,30})/g;
export const ALL = "all";

/** `[{start, end, name}]` of every "@name" in the words. */
export function namesIn(words) {
  return [...words.matchAll(NAMED)].map(({ index, 1: found }) => {
    const name = found.replace(/\.+$/, "");
    return { start: index, end: index + 1 + name.length, name };
  });
}

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

/** "@name" as it stands in a message. */
export function mentionNode(name, card, me) {
  const node = document.createElement(card.id === ALL ? "b" : "a");
  node.className = card.id === ALL || card.id === me ? "mention is-me" : "mention";
  node.textContent = `@${name}`;
  if (card.id !== ALL) {
    node.href = `/@${card.username}/`;
    node.title = card.name;
  }
  return node;
}
