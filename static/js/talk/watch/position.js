// Where a shared player stands, by the server's clock: the arithmetic of chat/players/clock.py.

/** Milliseconds into the video at the moment `now`. */
export function positionAt(watch, now) {
  if (!watch.playing) return watch.position_ms;
  const position = watch.position_ms + Math.max(0, now - Date.parse(watch.at));
  if (watch.loops && watch.duration_ms) return position % watch.duration_ms;
  return Math.min(position, watch.duration_ms);
}

/** Milliseconds until it begins to move: a start lies a little ahead, so that everybody hears of it in time. */
export function untilStart(watch, now) {
  return watch.playing ? Math.max(0, Date.parse(watch.at) - now) : 0;
}

export function isOver(watch, now) {
  return watch.playing && !watch.loops && positionAt(watch, now) >= watch.duration_ms;
}

/** How far `actual` is ahead of `wanted`, in milliseconds; where it loops, the short way round. */
export function aheadBy(watch, wanted, actual) {
  const ahead = actual - wanted;
  if (!watch.loops || !watch.duration_ms) return ahead;
  const half = watch.duration_ms / 2;
  return ((((ahead + half) % watch.duration_ms) + watch.duration_ms) % watch.duration_ms) - half;
}
