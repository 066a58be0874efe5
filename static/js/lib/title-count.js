// "(3) Medley": what waits, before the page's title, where one sees it from another tab.

const counts = new Map();

/** Say how many of something wait; the title has the sum of all. */
export function countInTitle(what, count) {
  counts.set(what, count);
  const sum = [...counts.values()].reduce((all, one) => all + one, 0);
  const plain = document.title.replace(/^\(\d+\+?\) /, "");
  document.title = sum ? `(${sum > 99 ? "99+" : sum}) ${plain}` : plain;
}
