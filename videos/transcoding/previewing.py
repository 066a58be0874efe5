"""A small copy of an uploaded film that every browser plays and seeks in, for the editor."""

from pathlib import Path

from accounts.ffmpeg import (
    FfmpegFailed,
    FfmpegKilled,
    FfmpegTimedOut,
    guarded_input,
    has_filter,
    run_ffmpeg,
    waveform,
)
from videos.transcoding.encodings import fit, frame_rate
from videos.transcoding.errors import BadVideo
from videos.transcoding.picture import TONEMAP
from videos.transcoding.probing import Probe, probe
from videos.transcoding.sound import PEAK_RATE

SHORT_EDGE = 360
PEAKS = 200
# Half a second between key frames: the editor jumps to and fro in it.
KEYS_PER_SECOND = 2


def make_preview(source: Path, target: Path) -> list[int]:
    """Write a 360p MP4 to `target`, without HDR, upright; answers 200 loudnesses, 100 the loudest.

    Raises `BadVideo` for what cannot be read to its end; `FfmpegTimedOut`, `FfmpegKilled` where the
    machine was at fault. What is next to `target` under its name with `.raw` is overwritten.
    """
    facts, raw = probe(source), target.with_suffix(".raw")
    failure = FfmpegFailed()
    for tonemap in [TONEMAP, ""] if facts.is_hdr and has_filter("zscale") else [""]:
        try:
            words = _arguments(source, target, raw, facts, tonemap)
            run_ffmpeg(words, timeout=time_limit(facts.seconds))
            return waveform(raw.read_bytes(), PEAKS) if facts.has_audio else [0] * PEAKS
        except (FfmpegTimedOut, FfmpegKilled):
            raise
        except FfmpegFailed as error:
            failure = error
    raise BadVideo("video.corrupt") from failure


def time_limit(seconds: float) -> float:
    """Seconds of clock for a film of this length, other jobs beside it."""
    return 60 + 10 * seconds


def _arguments(source: Path, target: Path, raw: Path, facts: Probe, tonemap: str) -> list[str]:
    width, height = fit(facts.width, facts.height, SHORT_EDGE)
    rate = frame_rate(facts.frames_per_second)
    picture = f"fps={rate},scale={width}:{height}:out_range=tv,{tonemap}format=yuv420p,setsar=1"
    words = [*guarded_input(source), "-map", f"0:{facts.video_stream}", "-vf", picture]
    words += ["-c:v", "libx264", "-preset", "superfast", "-crf", "27", "-threads", "2"]
    words += ["-force_key_frames", f"expr:gte(t,n_forced/{KEYS_PER_SECOND})"]
    if facts.has_audio:
        words += ["-map", f"0:{facts.audio_stream}", "-c:a", "aac", "-b:a", "64k", "-ac", "2"]
    words += ["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", str(target)]
    if facts.has_audio:
        words += ["-map", f"0:{facts.audio_stream}", "-ac", "1", "-ar", str(PEAK_RATE)]
        words += ["-f", "s16le", str(raw)]
    return words
