"""Looks into an uploaded file: what it is and whether we take it, before anything is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings

from accounts.ffmpeg import GUARDS, MAX_PIXELS, PICTURE_DECODERS, SOUND_DECODERS, file_url
from videos.transcoding.errors import BadVideo
from videos.transcoding.lengths import measure

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

HEAD_BYTES = 64
MICROSECONDS = 1_000_000  # in which FFmpeg says how long a container lasts
_EBML = b"\x1a\x45\xdf\xa3"
_DOCUMENTS = (b"webm", b"matroska")
_MOV_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
# The same boxes hold still pictures and songs.
_OTHER_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"M4A "}


@dataclass(frozen=True, slots=True)
class Probe:
    """What a video file holds; `width` and `height` in pixels as shown: rotated, pixels squared."""

    container: str
    seconds: float
    width: int
    height: int
    frames_per_second: float
    codec: str
    pixel_format: str
    transfer: int
    bits_per_second: int
    rotation: int
    square_pixels: bool
    longest_gop: float
    has_audio: bool
    audio_codec: str
    audio_is_plain: bool
    video_stream: int
    audio_stream: int

    @property
    def short_edge(self) -> int:
        return min(self.width, self.height)

    @property
    def conforms(self) -> bool:
        """May its picture be shown as it is? Then the large rendition needs no new encode."""
        return (
            self.codec == "h264"
            and self.pixel_format == "yuv420p"
            and self.short_edge <= 720
            and max(self.width, self.height) <= 1728
            and self.width % 2 == self.height % 2 == 0
            and self.frames_per_second <= 31
            and self.bits_per_second <= 2_500_000
            and self.longest_gop <= 2.1
            and self.rotation == 0
            and self.square_pixels
            and not self.is_hdr
        )

    @property
    def sound_conforms(self) -> bool:
        """May its sound be copied? AAC-LC, one or two channels, 44.1 or 48 kHz."""
        return self.audio_codec == "aac" and self.audio_is_plain

    @property
    def is_hdr(self) -> bool:
        return self.transfer in {16, 18}  # PQ and HLG, as ITU-T H.273 numbers them


def looks_like_video(head: bytes) -> bool:
    """Do the first 64 bytes belong to MP4, MOV, WebM or Matroska? Names prove nothing."""
    if head.startswith(_EBML):
        return any(document in head for document in _DOCUMENTS)
    return head[4:8] in _MOV_BOXES and head[8:12] not in _OTHER_BRANDS


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
    """Read headers and packets and decode one picture; `BadVideo` where we do not take it.

    Lengths are measured, never believed: recorders leave them out, attackers make them up.
    """
    import av  # 16 MB, which most processes never need

    size = path.stat().st_size
    with path.open("rb") as file:
        check_upload(file, size)
    try:
        with av.open(file_url(path), options=dict(GUARDS)) as container:
            return _examine(container, size)
    except (av.error.FFmpegError, ValueError) as error:
        if isinstance(error, BadVideo):
            raise
        raise BadVideo("video.corrupt") from error


def _examine(container: InputContainer, size: int) -> Probe:
    promised = (container.duration or 0) / MICROSECONDS
    if promised > settings.VIDEO_MAX_SECONDS + 1:
        raise BadVideo("video.too_long")
    video, audio = _picture(container), _sound(container)
    width, height = _shown_size(video)
    rotation, transfer = _first_picture(container, video)
    container.seek(0)
    length = measure(container, video, audio)
    # Cut off on its way: half of it would be published, as if it were whole.
    if promised - length.end > max(0.5, 0.05 * promised):
        raise BadVideo("video.corrupt")
    sound = audio.codec_context if audio and length.has_sound else None
    if rotation % 180:
        width, height = height, width
    return Probe(
        container=container.format.name,
        seconds=length.seconds,
        width=width,
        height=height,
        frames_per_second=_rate(video) or length.pictures / length.seconds,
        codec=video.codec_context.name,
        pixel_format=video.codec_context.pix_fmt or "",
        transfer=transfer,
        bits_per_second=round(size * 8 / length.seconds),
        rotation=rotation,
        square_pixels=_pixel_aspect(video) == 1,
        longest_gop=length.longest_gop,
        has_audio=sound is not None,
        audio_codec=sound.name if sound else "",
        audio_is_plain=bool(
            sound
            and sound.profile == "LC"
            and sound.channels <= 2
            and sound.sample_rate in {44100, 48000}
        ),
        video_stream=video.index,
        audio_stream=audio.index if audio else -1,
    )


# --- Streams --------------------------------------------------------------------------------------


def _picture(container: InputContainer) -> VideoStream:
    """The first moving picture; the cover of a song is a picture too, but does not move."""
    from av.stream import Disposition

    moving = [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]
    if not moving:
        raise BadVideo("video.no_picture")
    if not _readable(moving[0], PICTURE_DECODERS):
        raise BadVideo("video.type")
    return moving[0]


def _sound(container: InputContainer) -> AudioStream | None:
    """The first sound we can decode, or None (phones add tracks in codecs of their own)."""
    return next((each for each in container.streams.audio if _readable(each, SOUND_DECODERS)), None)


def _readable(stream: Stream, decoders: frozenset[str]) -> bool:
    context = stream.codec_context
    return context is not None and context.name in decoders


def _shown_size(video: VideoStream) -> tuple[int, int]:
    context = video.codec_context
    if context.width * context.height > MAX_PIXELS:
        raise BadVideo("video.too_many_pixels")
    if context.width < 2 or context.height < 2:
        raise BadVideo("video.no_picture")
    return round(context.width * _pixel_aspect(video)), context.height


def _pixel_aspect(video: VideoStream) -> float:
    aspect = float(video.sample_aspect_ratio or 1)
    return aspect if 0.25 <= aspect <= 4 else 1.0


def _first_picture(container: InputContainer, video: VideoStream) -> tuple[int, int]:
    """Rotation in degrees and transfer function; one decoded frame proves there is a picture."""
    video.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
    for frame in container.decode(video):
        return round(frame.rotation) % 360, int(frame.color_trc)
    raise BadVideo("video.corrupt")


def _rate(video: VideoStream) -> float | None:
    """Pictures a second as the header says, where that can be true."""
    rate = float(video.average_rate or 0)
    return rate if 1 <= rate <= 240 else None
