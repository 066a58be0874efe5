"""Measures a file by its packets: how long it lasts, how far its key frames are apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from videos.transcoding.errors import BadVideo

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

MAX_PACKETS = 500_000  # 3 minutes at 240 pictures a second, with sound, hold 60,000


@dataclass(slots=True)
class Length:
    """What the packets add up to; times in seconds."""

    start: float = float("inf")
    end: float = 0.0
    pictures: int = 0
    last_key: float | None = None
    longest_gop: float = 0.0
    has_sound: bool = False

    @property
    def seconds(self) -> float:
        return max(self.end - self.start, 0.04)

    def add(self, packet: Packet, now: float) -> None:
        self.start = min(self.start, now)
        self.end = max(self.end, now + float((packet.duration or 0) * packet.time_base))

    def add_picture(self, packet: Packet, now: float) -> None:
        self.pictures += 1
        if packet.is_keyframe:
            self._close_gop(now)
            self.last_key = now

    def _close_gop(self, now: float) -> None:
        if self.last_key is not None:
            self.longest_gop = max(self.longest_gop, now - self.last_key)

    def close(self) -> None:
        if not self.pictures:
            raise BadVideo("video.corrupt")
        self._close_gop(self.end)


def measure(container: InputContainer, video: VideoStream, audio: AudioStream | None) -> Length:
    """Walk through the packets; `BadVideo` (video.too_long, video.corrupt) once that is clear."""
    length = Length()
    for packet, now in _packets(container, video, audio):
        length.add(packet, now)
        if length.seconds > settings.VIDEO_MAX_SECONDS + 1:
            raise BadVideo("video.too_long")
        if packet.stream_index == video.index:
            length.add_picture(packet, now)
        else:
            length.has_sound = True
    length.close()
    return length


def _packets(
    container: InputContainer, video: VideoStream, audio: AudioStream | None
) -> Iterator[tuple[Packet, float]]:
    streams = [video, audio] if audio else [video]
    for number, packet in enumerate(container.demux(streams)):
        if number > MAX_PACKETS:
            raise BadVideo("video.corrupt")
        when = packet.pts if packet.pts is not None else packet.dts
        if when is not None and packet.time_base is not None:
            yield packet, float(when * packet.time_base)
