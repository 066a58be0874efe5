// The stretch of another video that a stitch begins with: it plays round and round while it is chosen.

export default function stitch(form) {
  const film = form.querySelector("[data-film]");
  // By name: a collection has a length of its own.
  const from = form.elements.namedItem("from");
  const length = form.elements.namedItem("length");
  const outputs = { from: form.querySelector("[data-from]"), length: form.querySelector("[data-length]") };
  const number = new Intl.NumberFormat(document.documentElement.lang || "en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  const begin = () => Number(from.value);
  const end = () => begin() + Number(length.value);

  const show = () => {
    outputs.from.textContent = number.format(begin());
    outputs.length.textContent = number.format(Number(length.value));
  };

  const play = () => {
    show();
    film.currentTime = begin();
    film.play().catch(() => {});
  };

  const turn = () => {
    if (film.currentTime >= end() || film.currentTime < begin() - 0.3) film.currentTime = begin();
  };

  form.addEventListener("input", play);
  film.addEventListener("timeupdate", turn);
  show();
  return () => film.pause();
}
