"""What a published video gets besides: the small rendition where the large one was copied, a strip
of pictures to seek by, a moving preview for grids and, where it is long, a stream in segments.

All of it is made from a finished rendition, so nothing here needs the clips any more.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from accounts.ffmpeg import FfmpegFailed, guarded_input, run_ffmpeg
from videos.transcoding.encodings import CONTAINER, LARGE, MIDDLE, SMALL, Encoding, frame_rate
from videos.transcoding.picture import STREAM_SECONDS
from videos.transcoding.probing import probe
from videos.transcoding.rendering import RenditionFile, keep, refusal_of, rendition, time_limit
from videos.transcoding.streaming import stream

STRIP_PICTURES = 10
STRIP_WIDTH = 90
LOOP_SECONDS = 3
LOOP_EDGE = 240
LOOP_RATE = 12  # pictures a second


@dataclass(frozen=True, slots=True)
class Extras:
    """What `make_extras` left in the folder; `strip` is ten pictures side by side."""

    files: tuple[RenditionFile, ...]
    strip: str

    @property
    def names(self) -> list[str]:
        return [name for file in self.files for name in (file.name, *file.parts)] + [self.strip]


def make_extras(
    renditions: Mapping[str, Path], folder: Path, *, cover_ms: int | None = None
) -> Extras:
    """Make what is missing beside `renditions`, given by kind, in `folder`; 720 must be there.

    Running it twice gives the same names. The preview begins at the cover. Raises `BadVideo`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seconds = probe(renditions[LARGE.kind]).seconds
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as name:
        maker = _Maker(Path(name), folder, seconds)
        return maker.make(dict(renditions), (cover_ms or 0) / 1000)


@dataclass(frozen=True, slots=True)
class _Maker:
    making: Path
    folder: Path
    seconds: float

    def make(self, films: dict[str, Path], start: float) -> Extras:
        wanted = [SMALL, MIDDLE] if self.seconds > STREAM_SECONDS else [SMALL]
        missing = [each for each in wanted if each.kind not in films]
        films |= self._smaller(films[LARGE.kind], missing)
        loop = self._loop(films[SMALL.kind], start)
        strip = self._strip(films[SMALL.kind])
        files = [rendition(loop, "loop", self.folder)]
        if self.seconds > STREAM_SECONDS:
            files.append(stream(films, self.making, self.folder, self.seconds))
        files += [rendition(films[each.kind], each.kind, self.folder) for each in missing]
        return Extras(tuple(files), keep(strip, self.folder))

    def _run(self, words: list[str]) -> None:
        try:
            run_ffmpeg(words, timeout=time_limit(2 * self.seconds), folder=self.making)
        except FfmpegFailed as error:
            raise refusal_of(error) from error

    def _smaller(self, large: Path, wanted: list[Encoding]) -> dict[str, Path]:
        """Of the large rendition: its picture is good enough, and cheaper to read than a clip."""
        if not wanted:
            return {}
        made = {each.kind: self.making / f"{each.kind}.mp4" for each in wanted}
        facts = probe(large)
        rate = frame_rate(facts.frames_per_second)
        words = guarded_input(large)
        for each in wanted:
            width, height = each.size(facts.width, facts.height)
            words += ["-map", "0:v:0", "-vf", f"scale={width}:{height}"]
            words += each.picture(rate, has_steady_keys=self.seconds > STREAM_SECONDS)
            words += ["-map", "0:a:0", *each.sound, *CONTAINER, str(made[each.kind])]
        self._run(words)
        return made

    def _loop(self, small: Path, start: float) -> Path:
        """A few silent seconds, small enough for a grid of them."""
        path = self.making / "loop.mp4"
        start = max(0.0, min(start, self.seconds - LOOP_SECONDS))
        facts = probe(small)
        edge = min(LOOP_EDGE, facts.short_edge) // 2 * 2
        size = f"{edge}:-2" if facts.width <= facts.height else f"-2:{edge}"
        words = ["-ss", f"{start:.3f}", "-t", str(LOOP_SECONDS), *guarded_input(small), "-an"]
        words += ["-vf", f"fps={LOOP_RATE},scale={size},setsar=1", "-c:v", "libx264"]
        words += ["-preset", "veryfast", "-crf", "30", "-threads", "2"]
        self._run([*words, *CONTAINER, str(path)])
        return path

    def _strip(self, small: Path) -> Path:
        """Ten small pictures side by side; of a very short clip the last stands for the missing."""
        rate = f"fps={STRIP_PICTURES}/{max(self.seconds, 0.4):.3f}"
        words = [*guarded_input(small), "-an", "-vf", f"{rate},scale={STRIP_WIDTH}:-2"]
        self._run([*words, "-frames:v", str(STRIP_PICTURES), "strip-%02d.png"])
        pictures = [Image.open(path) for path in sorted(self.making.glob("strip-*.png"))]
        width, height = pictures[0].size
        strip = Image.new("RGB", (width * STRIP_PICTURES, height))
        for place in range(STRIP_PICTURES):
            strip.paste(pictures[min(place, len(pictures) - 1)], (place * width, 0))
        strip.save(self.making / "strip.jpg", quality=80, optimize=True)
        return self.making / "strip.jpg"
