"""Long videos as a stream (HLS, RFC 8216): players change between renditions while they play.

The renditions are only packed anew, as fragmented MP4: one file each, whose segments the playlists
name by their bytes.
"""

from collections.abc import Mapping
from pathlib import Path

from accounts.ffmpeg import FfmpegFailed, guarded_input, run_ffmpeg
from videos.transcoding.encodings import ENCODINGS
from videos.transcoding.probing import probe
from videos.transcoding.rendering import RenditionFile, keep, refusal_of, time_limit

SEGMENT_SECONDS = 4


def stream(films: Mapping[str, Path], making: Path, folder: Path, seconds: float) -> RenditionFile:
    """Pack the renditions, given by kind; answers the playlist of them, largest first.

    Raises `BadVideo`.
    """
    variants, parts, size = [], [], 0
    for kind in sorted(films, key=int, reverse=True):
        segments, playlist = _pack(films[kind], kind, making, seconds)
        size += segments.stat().st_size
        variants.append(_entry(films[kind], kind, segments.stat().st_size / seconds))
        old, new = segments.name, keep(segments, folder)
        playlist.write_text(playlist.read_text().replace(old, new))
        parts += [new, keep(playlist, folder)]
        variants.append(parts[-1])
    master = making / "stream.m3u8"
    master.write_text("\n".join(["#EXTM3U", "#EXT-X-VERSION:7", *variants, ""]))
    largest = probe(films[max(films, key=int)])
    name = keep(master, folder)
    return RenditionFile("hls", name, largest.width, largest.height, size, tuple(parts))


def _pack(film: Path, kind: str, making: Path, seconds: float) -> tuple[Path, Path]:
    segments, playlist = making / f"stream-{kind}.m4s", making / f"stream-{kind}.m3u8"
    words = [*guarded_input(film), "-c", "copy", "-f", "hls", "-hls_playlist_type", "vod"]
    words += ["-hls_segment_type", "fmp4", "-hls_flags", "single_file"]
    words += ["-hls_time", str(SEGMENT_SECONDS), "-hls_list_size", "0"]
    words += ["-hls_segment_filename", segments.name, playlist.name]
    try:
        run_ffmpeg(words, timeout=time_limit(seconds), folder=making)
    except FfmpegFailed as error:
        raise refusal_of(error) from error
    return segments, playlist


def _entry(film: Path, kind: str, bytes_per_second: float) -> str:
    facts, encoding = probe(film), ENCODINGS[kind]
    peak = encoding.video_rate + encoding.audio_rate
    return (
        f"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={round(8 * bytes_per_second)},"
        f'RESOLUTION={facts.width}x{facts.height},CODECS="{_codecs(film)}"'
    )


def _codecs(film: Path) -> str:
    """As RFC 6381 writes them: profile and level stand in the first bytes of the `avcC` box."""
    head = film.read_bytes()[: 2**16]
    place = head.index(b"avcC") + 5
    return f"avc1.{head[place : place + 3].hex()},mp4a.40.2"
