// A film opened beside the page: how long and large it is, and pictures out of it.

const PATIENCE = 12_000; // ms for a browser to find out what a file is
const FAR = 1e7; // seconds, behind every end

export class Unplayable extends Error {}

/** A hidden `<video>` of this address, its first picture there. Rejects with Unplayable. */
export async function openFilm(url) {
  const film = document.createElement("video");
  Object.assign(film, { muted: true, playsInline: true, preload: "auto" });
  const opened = once(film, "loadeddata");
  film.src = url;
  await opened;
  if (!Number.isFinite(film.duration)) await findEnd(film);
  return film;
}

/** What the browser's own recordings do not say before their end was looked for. */
async function findEnd(film) {
  const known = new Promise((resolve) => {
    film.addEventListener("durationchange", () => Number.isFinite(film.duration) && resolve());
  });
  film.currentTime = FAR;
  await known;
  await seek(film, 0);
}

export async function factsOf(url) {
  const film = await openFilm(url);
  const facts = { duration_ms: Math.floor(film.duration * 1000), width: film.videoWidth, height: film.videoHeight };
  close(film);
  return facts;
}

export function seek(film, seconds) {
  const there = once(film, "seeked");
  film.currentTime = seconds;
  return there;
}

/** Let the browser free what it holds of it. */
export function close(film) {
  film.removeAttribute("src");
  film.load();
}

function once(film, type) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Unplayable()), PATIENCE);
    const end = (settle) => () => {
      clearTimeout(timer);
      settle();
    };
    film.addEventListener(type, end(resolve), { once: true });
    film.addEventListener("error", end(() => reject(new Unplayable())), { once: true });
  });
}
