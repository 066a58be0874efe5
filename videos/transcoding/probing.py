"""Looks into an uploaded file: what it is and whether we take it, before anything is rendered."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO

import av
from django.conf import settings

from videos.transcoding.errors import BadVideo

MAX_PIXELS = 4096 * 2304
HEAD_BYTES = 64
_EBML = b"\x1a\x45\xdf\xa3"
_MOV_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": "mov,matroska,webm"}
_FORMATS = {"mov", "mp4", "matroska", "webm"}


@dataclass(frozen=True, slots=True)
class Probe:
    """What a video file holds; `width` and `height` in pixels as shown, rotation applied."""

    seconds: float
    width: int
    height: int
    frames_per_second: float
    codec: str
    pixel_format: str
    transfer: str
    bits_per_second: int
    rotation: int
    has_audio: bool
    audio_codec: str
    longest_gop: float

    @property
    def short_edge(self) -> int:
        return min(self.width, self.height)

    @property
    def conforms(self) -> bool:
        """Fit to be shown as it is: no new encode for the large rendition, a remux will do."""
        return (
            self.codec == "h264"
            and self.pixel_format == "yuv420p"
            and self.short_edge <= 720
            and self.bits_per_second <= 2_500_000
            and self.longest_gop <= 2.05
            and self.rotation == 0
            and self.audio_codec in {"", "aac"}
        )


def looks_like_video(head: bytes) -> bool:
    """Do the first bytes (at least 12) belong to MP4, MOV, WebM or Matroska? Names prove nothing."""
    return head.startswith(_EBML) or head[4:8] in _MOV_BOXES


def check_upload(file: IO[bytes], size: int) -> None:
    """Refuse early what cannot become a video: `BadVideo` (video.too_large, video.type)."""
    if size > settings.VIDEO_MAX_BYTES:
        raise BadVideo("video.too_large")
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if not looks_like_video(head):
        raise BadVideo("video.type")


def probe(path: Path) -> Probe:
    """Read the file's headers and packets; `BadVideo` where we do not take it."""
    with path.open("rb") as file:
        check_upload(file, path.stat().st_size)
    try:
        with av.open(str(path), options=_OPTIONS) as container:
            return _examine(container, path.stat().st_size)
    except av.error.FFmpegError as error:
        raise BadVideo("video.corrupt") from error


def _examine(container: av.container.InputContainer, size: int) -> Probe:
    if not _FORMATS & set(container.format.name.split(",")):
        raise BadVideo("video.type")
    if not container.streams.video:
        raise BadVideo("video.no_picture")
    video = container.streams.video[0]
    audio = container.streams.audio[0] if container.streams.audio else None
    width, height = video.codec_context.width, video.codec_context.height
    if width * height > MAX_PIXELS:
        raise BadVideo("video.too_many_pixels")
    if (container.duration or 0) / av.time_base > settings.VIDEO_MAX_SECONDS + 1:
        raise BadVideo("video.too_long")
    rotation, transfer = _first_picture(container)
    container.seek(0)
    seconds, gop = _measure(container, video)
    if rotation % 180:
        width, height = height, width
    return Probe(
        seconds=seconds,
        width=width,
        height=height,
        frames_per_second=float(video.average_rate or 30),
        codec=video.codec_context.name,
        pixel_format=video.codec_context.pix_fmt or "",
        transfer=transfer,
        bits_per_second=round(size * 8 / max(seconds, 0.1)),
        rotation=rotation,
        has_audio=audio is not None,
        audio_codec=audio.codec_context.name if audio else "",
        longest_gop=gop,
    )


def _first_picture(container: av.container.InputContainer) -> tuple[int, str]:
    """Rotation in degrees and the transfer function; decoding one frame proves there is a picture."""
    for frame in container.decode(video=0):
        return round(frame.rotation) % 360, str(getattr(frame, "color_trc", ""))
    raise BadVideo("video.corrupt")


def _measure(
    container: av.container.InputContainer, video: av.video.stream.VideoStream
) -> tuple[float, float]:
    """Seconds the pictures last and the longest gap between key frames, from packets, not promises."""
    first = last = key = None
    longest = 0.0
    for packet in container.demux(video):
        if packet.pts is None:
            continue
        now = float(packet.pts * packet.time_base)
        first = now if first is None else min(first, now)
        last = now if last is None else max(last, now)
        if last - first > settings.VIDEO_MAX_SECONDS + 1:
            raise BadVideo("video.too_long")
        if packet.is_keyframe:
            longest = max(longest, now - key) if key is not None else longest
            key = now
    if first is None or last is None:
        raise BadVideo("video.corrupt")
    step = 1 / float(video.average_rate or 30)
    return last - first + step, max(longest, last - (key or first))
