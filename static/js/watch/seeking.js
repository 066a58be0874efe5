// The seek bar of a clip: its keys, what it says, and the picture above it of where one would land.

const PICTURES = 10; // in the strip
const SHORT = 30; // s: below it, a key goes one second and not five
const SHOWN = 1200; // ms for which the picture stays after a key
const PAGE = 0.1;

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

const lengthOf = (clip) => Number(clip.dataset.length) / 1000;
const seekOf = (event) => event.target.closest?.("[data-seek]");
const clipOf = (seek) => seek.closest("[data-clip]");
const isLeftward = (seek) => getComputedStyle(seek).direction === "rtl";

/** `root` holds the clips. What is chosen comes out of the slider as its own `input` event. */
export function listenForSeeking(root) {
  let timer = 0;
  const look = (seek, part) => {
    clearTimeout(timer);
    peek(clipOf(seek), seek, part);
  };
  const away = (event) => seekOf(event) && clipOf(seekOf(event)).querySelector(".peek")?.setAttribute("hidden", "");

  root.addEventListener("pointermove", (event) => seekOf(event) && look(seekOf(event), partUnder(event)));
  root.addEventListener("pointerdown", (event) => seekOf(event) && look(seekOf(event), partUnder(event)));
  root.addEventListener("pointerout", away);
  root.addEventListener("pointercancel", away);
  root.addEventListener("pointerup", (event) => event.pointerType !== "mouse" && away(event));
  root.addEventListener("focusin", (event) => seekOf(event) && sayPosition(clipOf(seekOf(event)), seekOf(event)));
  root.addEventListener("keydown", (event) => {
    const seek = seekOf(event);
    const step = seek && stepOf(event, seek);
    if (!step) return;
    event.preventDefault();
    seek.value = String(Number(seek.value) + step);
    seek.dispatchEvent(new Event("input", { bubbles: true }));
    sayPosition(clipOf(seek), seek);
    look(seek, seek.value / 1000);
    timer = setTimeout(() => away({ target: seek }), SHOWN);
  });
}

/** Let screen readers hear a time and not a number of a thousand. */
export function sayPosition(clip, seek) {
  const words = interpolate(gettext("%s of %s"), [clock((seek.value / 1000) * lengthOf(clip)), clock(lengthOf(clip))]);
  if (seek.getAttribute("aria-valuetext") !== words) seek.setAttribute("aria-valuetext", words);
}

/** How far a key moves, of a thousand; nothing for other keys. */
function stepOf({ key }, seek) {
  const length = lengthOf(clipOf(seek)) || 1;
  const second = 1000 / length;
  const near = Math.max(1, length < SHORT ? second : 5 * second);
  const forward = isLeftward(seek) ? -near : near;
  return { ArrowRight: forward, ArrowLeft: -forward, ArrowUp: near, ArrowDown: -near, PageUp: 1000 * PAGE, PageDown: -1000 * PAGE }[key];
}

function partUnder(event) {
  const seek = seekOf(event);
  const box = seek.getBoundingClientRect();
  const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  return isLeftward(seek) ? 1 - part : part;
}

function peek(clip, seek, part) {
  const shown = clip.querySelector(".peek") ?? made(clip);
  shown.hidden = false;
  shown.style.setProperty("--picture", String(Math.min(PICTURES - 1, Math.floor(part * PICTURES))));
  shown.style.setProperty("--x", `${startOf(clip, seek) + part * seek.offsetWidth}px`);
  shown.querySelector(".peek__time").textContent = clock(part * lengthOf(clip));
}

/** From the clip's own beginning to the slider's. */
function startOf(clip, seek) {
  return isLeftward(seek) ? clip.clientWidth - seek.offsetLeft - seek.offsetWidth : seek.offsetLeft;
}

function made(clip) {
  const shown = document.createElement("div");
  shown.className = "peek";
  shown.setAttribute("aria-hidden", "true");
  if (clip.dataset.strip) {
    const picture = document.createElement("i");
    picture.className = "peek__picture";
    const cover = clip.querySelector(".clip__cover");
    picture.style.setProperty("--strip", `url("${clip.dataset.strip}")`);
    picture.style.setProperty("--shape", `${cover.getAttribute("width")} / ${cover.getAttribute("height")}`);
    shown.append(picture);
  }
  const time = document.createElement("span");
  time.className = "peek__time";
  shown.append(time);
  clip.append(shown);
  return shown;
}
