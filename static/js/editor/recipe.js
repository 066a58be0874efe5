// A recipe as plain data, and what can be done to it: each function answers a new recipe, the old one stays as it was.

export const SPEEDS = [0.3, 0.5, 1, 2, 3];
export const MOST_SEGMENTS = 20;
export const MOST_TEXTS = 20;
export const LONGEST = 180_000; // ms of the finished film
export const SHORTEST = 200; // ms of one segment, as it plays

export const EMPTY = Object.freeze({
  segments: [],
  filter: "none",
  texts: [],
  music: null,
  volume: 1,
  cover_ms: null,
  layout: null,
});

/** How long a segment plays, in ms. */
export const lengthOf = ({ in_ms, out_ms, speed }) => Math.round((out_ms - in_ms) / speed);

/** How long the stretch of another video lasts that a stitch begins with, in ms. */
export const leadOf = ({ layout }) => (layout?.kind === "stitch" ? layout.out_ms - layout.in_ms : 0);

/** Who plays in the stretch before the first segment, or beside all of them. */
export const PARENT = "parent";

/** The segments with the time at which each begins and ends: `{ segment, index, from, to }`. */
export function placed(recipe) {
  let from = leadOf(recipe);
  return recipe.segments.map((segment, index) => {
    const place = { segment, index, from, to: from + lengthOf(segment) };
    from = place.to;
    return place;
  });
}

/** The finished film's length in ms. */
export const total = (recipe) => (recipe.segments.length ? recipe.segments.reduce((sum, segment) => sum + lengthOf(segment), leadOf(recipe)) : 0);

/** The segment that plays at `at` ms; the last one at the end; undefined where there is none. That of the other video has index -1. */
export function placeAt(recipe, at) {
  if (at < leadOf(recipe)) {
    const { in_ms, out_ms } = recipe.layout;
    return { segment: { clip: PARENT, in_ms, out_ms, speed: 1 }, index: -1, from: 0, to: out_ms - in_ms };
  }
  const places = placed(recipe);
  return places.find(({ to }) => at < to) ?? places.at(-1);
}

/** The moment of the source film that shows at `at`. */
export const sourceTime = ({ segment, from }, at) => segment.in_ms + (at - from) * segment.speed;

export function withClip(recipe, { id, duration_ms }) {
  const segment = { clip: id, in_ms: 0, out_ms: duration_ms, speed: 1 };
  return { ...recipe, segments: [...recipe.segments, segment] };
}

/** Trim: the segment begins or ends elsewhere in its film, which lasts `most` ms. */
export function trimmed(recipe, index, { in_ms, out_ms }, most) {
  const { speed, ...old } = recipe.segments[index];
  const least = Math.ceil(SHORTEST * speed);
  const begin = in_ms === undefined ? old.in_ms : clamp(in_ms, 0, old.out_ms - least);
  const end = out_ms === undefined ? old.out_ms : clamp(out_ms, begin + least, most);
  return changed(recipe, index, { in_ms: Math.round(begin), out_ms: Math.round(end) });
}

/** Cut in two at `at`; the same recipe where a piece would be too short. */
export function split(recipe, at) {
  const place = placeAt(recipe, at);
  if (!place || place.index < 0 || recipe.segments.length >= MOST_SEGMENTS) return recipe;
  if (at - place.from < SHORTEST || place.to - at < SHORTEST) return recipe;
  const here = Math.round(sourceTime(place, at));
  const halves = [{ ...place.segment, out_ms: here }, { ...place.segment, in_ms: here }];
  return { ...recipe, segments: recipe.segments.toSpliced(place.index, 1, ...halves) };
}

export function moved(recipe, index, to) {
  const segments = recipe.segments.toSpliced(index, 1);
  return { ...recipe, segments: segments.toSpliced(to, 0, recipe.segments[index]) };
}

export const removed = (recipe, index) => ({ ...recipe, segments: recipe.segments.toSpliced(index, 1) });

export const withoutClip = (recipe, clip) => ({ ...recipe, segments: recipe.segments.filter((segment) => segment.clip !== clip) });

export const doubled = (recipe, index) => ({ ...recipe, segments: recipe.segments.toSpliced(index, 0, recipe.segments[index]) });

/** One segment with other values: its speed, say. */
export function changed(recipe, index, values) {
  return { ...recipe, segments: recipe.segments.with(index, { ...recipe.segments[index], ...values }) };
}

export function withText(recipe, text) {
  return { ...recipe, texts: [...recipe.texts, text] };
}

export function changedText(recipe, index, values) {
  return { ...recipe, texts: recipe.texts.with(index, { ...recipe.texts[index], ...values }) };
}

export const withoutText = (recipe, index) => ({ ...recipe, texts: recipe.texts.toSpliced(index, 1) });

/** What must hold at the end: texts and cover lie within the film. Those that no longer do are moved or go. */
export function tidied(recipe) {
  const end = total(recipe);
  if (!end) return { ...recipe, texts: [], cover_ms: null };
  const texts = recipe.texts
    .filter(({ from_ms }) => from_ms < end)
    .map((text) => (text.to_ms > end ? { ...text, to_ms: end } : text));
  const cover = recipe.cover_ms === null ? null : Math.min(recipe.cover_ms, end - 1);
  return { ...recipe, texts, cover_ms: cover };
}

export const clamp = (value, least, most) => Math.max(least, Math.min(most, value));
