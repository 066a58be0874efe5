// Unfinished words, kept per person and conversation in this browser.

const key = (user) => `medley.drafts.${user}`;

function read(user) {
  try {
    return JSON.parse(localStorage.getItem(key(user))) ?? {};
  } catch {
    return {};
  }
}

/** All drafts of a person, by conversation. */
export const draftsOf = read;

/** Keep the words, or forget them when empty; where the browser keeps nothing, nothing is kept. */
export function keepDraft(user, conversation, body) {
  const drafts = read(user);
  if (body.trim()) drafts[conversation] = body;
  else delete drafts[conversation];
  try {
    localStorage.setItem(key(user), JSON.stringify(drafts));
  } catch {
    // A full or forbidden store loses a draft, nothing else.
  }
}
