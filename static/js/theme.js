// Runs before the first paint: the theme that the person chose, on the account or on this device.
(() => {
  const root = document.documentElement;
  let chosen = root.dataset.chosenTheme;
  try {
    if (chosen) localStorage.setItem("medley-theme", chosen);
    else chosen = localStorage.getItem("medley-theme");
  } catch {
    // Storage may be switched off; the device's own theme will do.
  }
  if (chosen !== "light" && chosen !== "dark") return;
  root.dataset.theme = chosen;
  for (const bar of document.querySelectorAll('meta[name="theme-color"]')) {
    if (bar.media.includes(chosen)) bar.removeAttribute("media");
    else bar.remove();
  }
})();
