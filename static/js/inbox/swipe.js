// On a phone a row is swiped: towards its end it is put away, towards its start it is marked.

const START = 14;
const FAR = 88;

/** `toStart(row)` and `toEnd(row)` do what the swipe means. */
export function swipes(list, { toStart, toEnd }) {
  const down = (event) => {
    const row = event.target.closest("li[data-conversation]");
    if (!row || event.pointerType !== "touch") return;
    follow(event, row, { toStart, toEnd });
  };
  list.addEventListener("pointerdown", down);
  return () => list.removeEventListener("pointerdown", down);
}

function follow(event, row, { toStart, toEnd }) {
  let moved = 0;
  const end = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", done);
    removeEventListener("pointercancel", end);
    row.classList.remove("is-swiped", "is-far");
    row.style.removeProperty("--swipe");
    delete row.dataset.swipe;
  };
  const move = (at) => {
    const x = at.clientX - event.clientX;
    if (!row.classList.contains("is-swiped")) {
      if (Math.abs(at.clientY - event.clientY) > START) return end();
      if (Math.abs(x) < START) return;
      row.classList.add("is-swiped");
    }
    moved = x;
    row.style.setProperty("--swipe", `${Math.max(-140, Math.min(140, x))}px`);
    row.dataset.swipe = towardsEnd(x) ? "end" : "start";
    row.classList.toggle("is-far", Math.abs(x) > FAR);
  };
  const done = () => {
    const isFar = Math.abs(moved) > FAR;
    if (row.classList.contains("is-swiped")) {
      addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
    }
    end();
    if (isFar) (towardsEnd(moved) ? toEnd : toStart)(row);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", done);
  addEventListener("pointercancel", end);
}

/** Which way the end of a line lies depends on the language. */
function towardsEnd(x) {
  return document.documentElement.dir === "rtl" ? x < 0 : x > 0;
}
