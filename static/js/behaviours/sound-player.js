// Sounds that play where they stand, one at a time: every `data-player` inside names its file.

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

export default function soundPlayer(root) {
  const audio = new Audio();
  audio.preload = "none";
  let playing = null;

  const show = () => {
    for (const player of root.querySelectorAll("[data-player]")) {
      const isOn = player === playing && !audio.paused;
      player.classList.toggle("is-on", isOn);
      player.querySelector("[data-play]").setAttribute("aria-pressed", String(isOn));
    }
  };

  const move = () => {
    if (!playing || !audio.duration) return;
    playing.style.setProperty("--progress", (audio.currentTime / audio.duration) * 100);
    const seek = playing.querySelector("[data-seek]");
    if (seek) seek.value = audio.currentTime * 1000;
    const shown = playing.querySelector("[data-clock]");
    if (shown) shown.textContent = clock(audio.duration - audio.currentTime);
  };

  const choose = (player) => {
    if (player === playing) return;
    playing?.style.removeProperty("--progress");
    playing = player;
    audio.src = player.dataset.src;
  };

  const toggle = (player) => {
    if (player === playing && !audio.paused) return audio.pause();
    choose(player);
    audio.play().catch(show);
  };

  const press = ({ target }) => {
    const button = target.closest("[data-play]");
    if (button) toggle(button.closest("[data-player]"));
  };

  const seek = ({ target }) => {
    if (!target.matches("[data-seek]")) return;
    const player = target.closest("[data-player]");
    const wanted = Number(target.value) / 1000;
    choose(player);
    if (audio.readyState) audio.currentTime = wanted;
    else audio.addEventListener("loadedmetadata", () => (audio.currentTime = wanted), { once: true });
    if (!audio.readyState) audio.load();
  };

  root.addEventListener("click", press);
  root.addEventListener("input", seek);
  for (const moment of ["play", "pause", "ended"]) audio.addEventListener(moment, show);
  audio.addEventListener("timeupdate", move);
  return () => {
    audio.pause();
    audio.removeAttribute("src");
    root.removeEventListener("click", press);
    root.removeEventListener("input", seek);
  };
}
