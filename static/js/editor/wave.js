// A sound's waveform on a canvas, or a stretch of it.

const BAR = 3; // pixels, with the gap behind it
const GAP = 1;

/** Draw `from` to `to` ms of the sound in the canvas's own text colour. */
export function paintWave(canvas, { peaks = [], duration_ms }, { from = 0, to = duration_ms } = {}) {
  const { clientWidth: wide, clientHeight: high } = canvas;
  const dense = Math.min(2, devicePixelRatio || 1);
  Object.assign(canvas, { width: Math.round(wide * dense), height: Math.round(high * dense) });
  const pen = canvas.getContext("2d");
  pen.scale(dense, dense);
  pen.fillStyle = getComputedStyle(canvas).color;
  const count = Math.floor(wide / BAR);
  for (let place = 0; place < count; place += 1) {
    const at = from + ((to - from) * place) / count;
    const loud = peaks[Math.floor((at / duration_ms) * peaks.length)] ?? 0;
    const tall = Math.max(2, (loud / 100) * (high - 2));
    pen.fillRect(place * BAR, (high - tall) / 2, BAR - GAP, tall);
  }
}
