"""How renditions are made: sizes, qualities, rates. Measured, see docs/performance.md.

x264 veryfast at crf 23 has SSIM .985 at half the CPU of "medium".
"""

from dataclasses import dataclass

USUAL_RATES = ("24000/1001", "24", "25", "30000/1001", "30")
LONGEST_EDGE = 2.4  # times the short one
KEY_SECONDS = 2
CONTAINER = ("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one rendition is made: short edge in pixels, quality, ceilings in bit/s."""

    kind: str
    short_edge: int
    crf: int
    video_rate: int
    audio_rate: int

    def size(self, width: int, height: int) -> tuple[int, int]:
        return fit(width, height, self.short_edge)

    def picture(self, rate: str, *, has_steady_keys: bool = False) -> list[str]:
        """ffmpeg's words for its picture at `rate` pictures a second.

        With steady keys there is a key frame every two seconds, to the picture, in each rendition:
        a stream can then change between them.
        """
        ceiling = ["-maxrate", str(self.video_rate), "-bufsize", str(2 * self.video_rate)]
        keys = ["-g", str(round(KEY_SECONDS * rate_number(rate)))]
        if has_steady_keys:
            keys += ["-force_key_frames", f"expr:gte(t,n_forced*{KEY_SECONDS})"]
        quality = ["-c:v", "libx264", "-preset", "veryfast", "-crf", str(self.crf)]
        return [*quality, *ceiling, *keys, "-threads", "2"]

    @property
    def sound(self) -> list[str]:
        """ffmpeg's words for its sound."""
        return ["-c:a", "aac", "-b:a", str(self.audio_rate), "-ac", "2"]


LARGE = Encoding("720", 720, 23, 2_500_000, 128_000)
MIDDLE = Encoding("540", 540, 24, 1_400_000, 96_000)
SMALL = Encoding("360", 360, 25, 700_000, 64_000)
ENCODINGS = {each.kind: each for each in (LARGE, MIDDLE, SMALL)}


def fit(width: int, height: int, short_edge: int) -> tuple[int, int]:
    """The size with this short edge at most and a long edge of 2.4 times that at most, never larger
    than given, in even numbers."""
    longest = LONGEST_EDGE * short_edge
    factor = min(1.0, short_edge / min(width, height), longest / max(width, height))
    return even(width * factor), even(height * factor)


def even(edge: float) -> int:
    return max(2, int(edge / 2 + 1e-6) * 2)


def frame_rate(rate: float) -> str:
    """What we play for a source of this rate: at most 30, halved rather than dropped unevenly."""
    while rate > 31:
        rate /= 2
    usual = min(USUAL_RATES, key=lambda each: abs(rate_number(each) - rate))
    return usual if abs(rate_number(usual) - rate) < 0.02 else "30"


def rate_number(rate: str) -> float:
    above, _, below = rate.partition("/")
    return float(above) / float(below or 1)
