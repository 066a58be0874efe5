// The number on the cart: pieces that wait to be ordered, a guest's too. It is kept for a while, so
// that not every page asks, until something here changes the cart.

import { getJSON } from "../lib/http.js";

const KEPT_FOR = 5 * 60_000;
const CHANGES = /\/(cart|checkout|accounts)\//;
const kept = `medley:cart:${document.body.dataset.userId ?? ""}`;

let asked;

document.addEventListener("medley:cart", forget, true);
document.addEventListener("submit", ({ target }) => CHANGES.test(target.action) && forget(), true);

export default function cartBadge(dot) {
  const show = async () => {
    try {
      const count = await number();
      dot.textContent = count > 99 ? "99+" : count;
      dot.hidden = !count;
    } catch {
      // It is shown with the next page.
    }
  };
  document.addEventListener("medley:cart", show);
  show();
  return () => document.removeEventListener("medley:cart", show);
}

function forget() {
  asked = undefined;
  sessionStorage.removeItem(kept);
}

/** However many badges a page has, it asks once. */
function number() {
  const { count, until } = JSON.parse(sessionStorage.getItem(kept)) ?? {};
  if (until > Date.now()) return count;
  return (asked ??= ask());
}

async function ask() {
  const { count } = await getJSON("/api/v1/cart/");
  sessionStorage.setItem(kept, JSON.stringify({ count, until: Date.now() + KEPT_FOR }));
  return count;
}
