// A line that is longer than its place moves along, where motion is welcome; css/sounds.css says how.

export default function marquee(place) {
  const words = place.firstElementChild;
  const measure = () => {
    const over = words.scrollWidth - place.clientWidth;
    place.classList.toggle("is-long", over > 4);
    place.style.setProperty("--over", `${Math.max(over, 0)}px`);
    place.style.setProperty("--over-time", `${Math.max(4, over / 24)}s`);
  };
  const watcher = new ResizeObserver(measure);
  watcher.observe(place);
  return () => watcher.disconnect();
}
