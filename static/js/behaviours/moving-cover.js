// A cover in a grid moves while the pointer rests on it, or the keyboard: three silent seconds of the video.

const REST = 250; // ms: who only passes by loads nothing

export default function movingCover(cover) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let timer = 0;
  let film = null;

  const begin = () => {
    if (film || still.matches || navigator.connection?.saveData) return;
    clearTimeout(timer);
    timer = setTimeout(play, REST);
  };

  const play = () => {
    film = document.createElement("video");
    Object.assign(film, { src: cover.dataset.loop, muted: true, loop: true, playsInline: true });
    film.setAttribute("aria-hidden", "true");
    film.tabIndex = -1;
    // The cover stays below until there is something to see.
    film.addEventListener("playing", () => film?.classList.add("is-playing"));
    cover.querySelector("img").after(film);
    film.play().catch(end);
  };

  const end = () => {
    clearTimeout(timer);
    film?.removeAttribute("src");
    film?.remove();
    film = null;
  };

  const events = [
    ["pointerenter", begin],
    ["focusin", begin],
    ["pointerleave", end],
    ["pointercancel", end],
    ["focusout", end],
  ];
  for (const [name, heard] of events) cover.addEventListener(name, heard);
  return () => {
    end();
    for (const [name, heard] of events) cover.removeEventListener(name, heard);
  };
}
