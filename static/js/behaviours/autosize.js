// A textarea as tall as its words, up to what CSS allows.

export default function autosize(textarea) {
  const fit = () => {
    textarea.style.setProperty("height", "auto");
    textarea.style.setProperty("height", `${textarea.scrollHeight}px`);
  };
  textarea.addEventListener("input", fit);
  fit();
}
