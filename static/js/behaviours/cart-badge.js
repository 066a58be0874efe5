// The number on the cart: pieces that wait to be ordered, a guest's too.

import { getJSON } from "../lib/http.js";

export default function cartBadge(dot) {
  const ask = async () => {
    try {
      const { count } = await getJSON("/api/v1/cart/");
      dot.textContent = count > 99 ? "99+" : count;
      dot.hidden = !count;
    } catch {
      // It is shown with the next page.
    }
  };
  document.addEventListener("medley:cart", ask);
  ask();
  return () => document.removeEventListener("medley:cart", ask);
}
