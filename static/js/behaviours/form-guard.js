// One press, one request: a form on its way is not sent again.

const PATIENCE = 8000;

export default function formGuard(form) {
  let isSent = false;
  const rest = (resting) => {
    isSent = resting;
    form.querySelector("button[type=submit]")?.toggleAttribute("aria-disabled", resting);
  };
  form.addEventListener("submit", (event) => {
    if (isSent) return event.preventDefault();
    rest(true);
    setTimeout(rest, PATIENCE, false);
  });
  window.addEventListener("pageshow", () => rest(false));
}
