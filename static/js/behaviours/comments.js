// The comments of a video: answering somebody, and keeping the count on the video true.

export default function comments(element) {
  const parent = element.querySelector("[data-parent]");
  const line = element.querySelector("[data-answering]");
  const body = element.querySelector("[name=body]");

  for (const count of document.querySelectorAll(`[data-id="${element.dataset.video}"] [data-comment-count]`)) count.textContent = element.dataset.count;

  const answer = (id, name) => {
    parent.value = id;
    line.hidden = !id;
    if (!id) return;
    line.querySelector("[data-answering-name]").textContent = interpolate(gettext("Answering %s"), [name]);
    body.focus();
  };

  element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-answer]");
    if (button) answer(button.dataset.answer, button.dataset.name);
    if (event.target.closest("[data-answer-nobody]")) answer("", "");
  });
}
