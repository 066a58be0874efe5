// A long caption shows two lines until somebody wants more.

export default function caption(element) {
  const words = element.querySelector("p");
  const button = element.querySelector("[data-expand]");
  const measure = () => {
    if (element.classList.contains("is-open")) return;
    button.hidden = words.scrollHeight <= words.clientHeight + 1;
    element.classList.toggle("has-more", !button.hidden);
  };
  button.addEventListener("click", () => {
    const isOpen = element.classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? gettext("less") : gettext("more");
  });
  const observer = new ResizeObserver(measure);
  observer.observe(words);
  return () => observer.disconnect();
}
