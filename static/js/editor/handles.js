// Something on the time line that is pulled along it: a handle, a bar, the playhead. By finger, mouse and keys.

const STEP = 100; // ms, by an arrow key
const LEAP = 1000; // with shift

/**
 * `moveBy(ms)` is called with how far from where the drag began, `nudge(ms)` for each key; `scale()` says how many pixels a ms is.
 * `begin()` is called first of all, `end()` last.
 */
export function makeDraggable(element, { scale, begin = () => {}, moveBy, nudge, end = () => {}, keys = {} }) {
  let from = null;
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    event.stopPropagation();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    from = event.clientX;
    begin();
  });
  element.addEventListener("pointermove", (event) => from !== null && moveBy((event.clientX - from) / scale()));
  for (const type of ["pointerup", "pointercancel"]) {
    element.addEventListener(type, () => {
      if (from !== null) end();
      from = null;
    });
  }
  element.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? LEAP : STEP;
    const ways = { ArrowLeft: -step, ArrowRight: step, ArrowDown: -step, ArrowUp: step };
    if (event.key in ways && !event.altKey) nudge(ways[event.key]);
    else if (event.key in keys) keys[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** What screen readers say of a slider. */
export function tellSlider(element, { min = 0, max, now, words }) {
  element.setAttribute("aria-valuemin", Math.round(min));
  element.setAttribute("aria-valuemax", Math.round(max));
  element.setAttribute("aria-valuenow", Math.round(now));
  element.setAttribute("aria-valuetext", words);
}
