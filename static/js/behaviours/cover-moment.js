// Shows the picture that would be the cover.

export default function coverMoment(form) {
  const film = form.querySelector("[data-film]");
  const moment = form.querySelector("[data-moment]");
  const words = form.querySelector("[data-at]");

  const show = () => {
    film.currentTime = Number(moment.value);
    words.textContent = Number(moment.value).toFixed(1);
    moment.setAttribute("aria-valuetext", interpolate(gettext("%s seconds"), [words.textContent]));
  };

  moment.addEventListener("input", show);
}
