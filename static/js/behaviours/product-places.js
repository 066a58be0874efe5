// Places products on the picture: a tap sets where, the seconds show the moment.

export default function productPlaces(root) {
  const stage = root.querySelector("[data-stage]");
  if (!stage) return;
  const film = stage.querySelector("[data-film]");
  stage.style.setProperty("--shape", String(film.width / film.height));
  const open = () => root.querySelector("details[open] [data-place]");
  const input = (form, name) => form.querySelector(`[name=${name}]`);

  const show = () => {
    const form = open();
    stage.hidden = !form;
    if (!form) return;
    for (const name of ["across", "down"]) stage.style.setProperty(`--${name}`, input(form, name).value || 50);
    const moment = Number(input(form, "begins").value);
    if (Number.isFinite(moment) && Math.abs(film.currentTime - moment) > 0.05) film.currentTime = moment;
  };

  const tap = (event) => {
    const form = open();
    const box = film.getBoundingClientRect();
    if (!form || !box.width) return;
    input(form, "across").value = Math.round(((event.clientX - box.left) / box.width) * 100);
    input(form, "down").value = Math.round(((event.clientY - box.top) / box.height) * 100);
    show();
  };

  for (const hint of root.querySelectorAll("[data-hint]")) hint.hidden = false;
  stage.addEventListener("click", tap);
  root.addEventListener("input", show);
  root.addEventListener("toggle", show, true);
  show();
}
