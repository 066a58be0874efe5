// One tap pauses, two taps like: the first waits a moment for the second.

const DOUBLE = 260;

export function onTaps(element, { single, double }) {
  let timer = 0;
  element.addEventListener("click", (event) => {
    if (event.detail === 0) return single(event); // the keyboard never means two
    if (timer) {
      clearTimeout(timer);
      timer = 0;
      return double(event);
    }
    timer = setTimeout(() => {
      timer = 0;
      single(event);
    }, DOUBLE);
  });
}

/** A heart that rises where the finger was. */
export function burst(stage, { clientX, clientY }) {
  const box = stage.getBoundingClientRect();
  const heart = document.createElement("span");
  heart.className = "clip__burst";
  heart.textContent = "♥";
  heart.style.setProperty("--x", `${clientX - box.left}px`);
  heart.style.setProperty("--y", `${clientY - box.top}px`);
  heart.addEventListener("animationend", () => heart.remove());
  stage.append(heart);
}
