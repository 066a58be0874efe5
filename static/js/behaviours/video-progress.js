// How far the preparing of a video is: told by the socket where there is one, else by the page that asks.

import { live } from "../lib/live.js";

export default function videoProgress(bar) {
  const show = (percent) => bar.style.setProperty("--progress", percent);
  const told = ({ detail }) => {
    if (detail.video === bar.dataset.video) show(detail.percent);
  };
  show(bar.dataset.percent);
  live.addEventListener("video.progress", told);
  live.start();
  return () => live.removeEventListener("video.progress", told);
}
