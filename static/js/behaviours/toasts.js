// The messages a page came with leave like any other toast.

import { expire } from "../lib/toast.js";

export default function toasts(element) {
  element.querySelectorAll("[data-toast]").forEach(expire);
}
