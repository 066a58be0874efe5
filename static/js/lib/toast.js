// Short words at the foot of the page, read aloud by screen readers, gone by themselves.

const LIFE = 5000;

/** Show `words`; `href` and `label` add a link. Hovering or focusing keeps it. */
export function toast(words, { href, label, isBad = false } = {}) {
  const element = document.createElement("p");
  element.className = isBad ? "toast toast--bad" : "toast";
  element.append(words);
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = label;
    element.append(link);
  }
  const place = document.getElementById("toasts");
  place.append(element);
  lift(place);
  expire(element);
}

/** Above an open dialog, too: the last popover shown is on top. */
function lift(place) {
  if (!place.showPopover) return;
  place.popover = "manual";
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover();
}

/** Let a toast that is on the page go after its time. */
export function expire(element) {
  const timer = setInterval(() => {
    if (element.matches(":hover, :focus-within")) return;
    clearInterval(timer);
    element.remove();
  }, LIFE);
}
