// Long videos come as streams: played by the browser itself where it can, else by hls.js, which is fetched
// for the first of them. Where neither works the clip has a file.

// Enough to play on through a dead spot; three players share the line and the memory.
const AHEAD = 15; // s
const LIKELY = 3_000_000; // bit/s, until the line was measured: most begin with the large one

const isNative = Boolean(document.createElement("video").canPlayType("application/vnd.apple.mpegurl"));

export const playsStreams = isNative || "MediaSource" in globalThis || "ManagedMediaSource" in globalThis;

const running = new WeakMap(); // <video> -> what feeds it

/** Feed `video` from the playlist at `url`. `ready()` when it may be played, `failed()` once it cannot. */
export async function enterStream(video, url, { ready, failed }) {
  const feeder = { hls: null, failed };
  running.set(video, feeder);
  if (isNative) {
    video.src = url;
    return;
  }
  try {
    const Hls = await library();
    if (running.get(video) !== feeder) return; // the reader has gone on meanwhile
    feeder.hls = feed(Hls, video, url, () => running.get(video) === feeder && failed());
    feeder.hls.on(Hls.Events.MANIFEST_PARSED, ready);
  } catch {
    if (running.get(video) === feeder) failed();
  }
}

/** Let go of the stream that `video` is fed from, if any. */
export function leaveStream(video) {
  running.get(video)?.hls?.destroy();
  running.delete(video);
}

/** Whether a stream feeds `video`. */
export const isStreaming = (video) => running.has(video);

async function library() {
  await import("../../vendor/hls.js/hls.light.min.js"); // it is no module: it makes window.Hls
  if (!globalThis.Hls.isSupported()) throw new Error("no streams here");
  return globalThis.Hls;
}

function feed(Hls, video, url, failed) {
  // Without a worker: our segments need no repacking, and a page that lets no foreign script in lets none start.
  const hls = new Hls({ enableWorker: false, capLevelToPlayerSize: true, maxBufferLength: AHEAD, abrEwmaDefaultEstimate: LIKELY });
  hls.on(Hls.Events.ERROR, (_name, { fatal }) => fatal && failed());
  hls.loadSource(url);
  hls.attachMedia(video);
  return hls;
}
