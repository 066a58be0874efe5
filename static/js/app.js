// Starts a page's behaviours: `data-behaviour="composer"` runs behaviours/composer.js on that element, which behaviours.js lists.

import { behaviours } from "./behaviours.js";
import "./lib/zone.js";

const running = new WeakMap();

async function start(element) {
  if (running.has(element) || !isSeen(element)) return;
  const stops = [];
  running.set(element, stops);
  for (const name of element.dataset.behaviour.split(/\s+/).filter(Boolean)) {
    const { default: behave } = await behaviours[name]();
    const stop = behave(element);
    if (typeof stop === "function") stops.push(stop);
  }
}

// `data-media` around them is the media query without which nobody sees them: they start once it holds.
function isSeen(element) {
  const around = element.closest("[data-media]");
  if (!around) return true;
  const query = matchMedia(around.dataset.media);
  if (!query.matches) query.addEventListener("change", () => startIn(around), { once: true });
  return query.matches;
}

function startIn(root) {
  if (root.matches?.("[data-behaviour]")) start(root);
  root.querySelectorAll?.("[data-behaviour]").forEach(start);
}

function stopIn(root) {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  for (const element of [root, ...root.querySelectorAll("[data-behaviour]")]) {
    running.get(element)?.forEach((stop) => stop());
    running.delete(element);
  }
}

// Whatever enters or leaves the page, by htmx or by our own hand, starts and stops on its own.
new MutationObserver((changes) => {
  for (const { addedNodes, removedNodes } of changes) {
    addedNodes.forEach((node) => node.nodeType === Node.ELEMENT_NODE && startIn(node));
    removedNodes.forEach((node) => node.isConnected || stopIn(node));
  }
}).observe(document.documentElement, { childList: true, subtree: true });

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
});

document.addEventListener("htmx:responseError", async ({ detail }) => {
  const { toast } = await import("./lib/toast.js");
  toast(decodeURIComponent(detail.xhr.getResponseHeader("X-Refusal") || "") || gettext("That did not work. Please try again."), { isBad: true });
});

startIn(document);
