// How far the preparing of a video, or of its next film, is: told by the socket where there is one, else by the page.

import { live } from "../lib/live.js";

export default function videoProgress(bar) {
  const show = (percent) => bar.style.setProperty("--progress", percent);
  const told = ({ detail }) => {
    if (detail.video === bar.dataset.video) show(detail.percent);
  };
  show(bar.dataset.percent);
  const event = bar.dataset.event ?? "video.progress";
  live.addEventListener(event, told);
  live.start();
  return () => live.removeEventListener(event, told);
}
