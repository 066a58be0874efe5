// Links in what people write, made of text nodes and anchors only: a message never becomes markup.
// chat/templatetags/chat.py does the same for the page; keep the two alike.

const LINK = /https?:\/\/[^\s<>"']+/gi;
const TRAILING = /[.,;:!?)\]}]+$/;

/** The words as a fragment in which http(s) addresses are links. */
export function linkified(words) {
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const match of words.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, "");
    if (!isAddress(address)) continue;
    fragment.append(words.slice(from, match.index), anchor(address));
    from = match.index + address.length;
  }
  fragment.append(words.slice(from));
  return fragment;
}

function isAddress(address) {
  return URL.canParse ? URL.canParse(address) : true;
}

function anchor(address) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = address;
  link.rel = "noopener noreferrer nofollow ugc";
  link.target = "_blank";
  return link;
}
