// How far the preparing of a video is, told by the socket where there is one.

import { live } from "../lib/live.js";

export default function videoProgress(bar) {
  const show = ({ detail }) => {
    if (detail.video === bar.dataset.video) bar.style.setProperty("--progress", Math.round(detail.progress * 100));
  };
  live.addEventListener("video.progress", show);
  live.start();
  return () => live.removeEventListener("video.progress", show);
}
