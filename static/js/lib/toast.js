// Short words at the foot of the page, read aloud by screen readers, gone by themselves.

const LIFE = 5000;

/** Show `words`; `label` with `href` adds a link, with `press` a button that keeps it. Hovering or focusing does too. Answers the element. */
export function toast(words, { href, label, press, isBad = false } = {}) {
  const element = document.createElement("p");
  element.className = isBad ? "toast toast--bad" : "toast";
  element.append(words);
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = label;
    element.append(link);
  }
  if (press) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", press);
    element.append(button);
  }
  const place = document.getElementById("toasts");
  place.append(element);
  lift(place);
  if (!press) expire(element);
  return element;
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
