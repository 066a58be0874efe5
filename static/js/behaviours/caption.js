// A long caption shows two lines until somebody wants more.

export default function caption(element) {
  const words = element.querySelector("p");
  const button = element.querySelector("[data-expand]");
  const measure = () => (button.hidden = !element.classList.contains("is-open") && words.scrollHeight <= words.clientHeight + 1);
  button.addEventListener("click", () => {
    const isOpen = element.classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? gettext("less") : gettext("more");
  });
  const observer = new ResizeObserver(measure);
  observer.observe(words);
  return () => observer.disconnect();
}
