"""The one ffmpeg command of an upload: a single decode feeds renditions, strip, cover and waveform.

Its settings were measured (docs/ARCHITECTURE.md): x264 veryfast at crf 23 has SSIM .985 at half the
CPU of "medium"; everything beside the two renditions costs 4% more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accounts.ffmpeg import guarded_input, has_filter
from videos.transcoding.probing import Probe

PEAK_RATE = 8000
STRIP_PICTURES = 10
USUAL_RATES = ("24000/1001", "24", "25", "30000/1001", "30")
# BT.2408: graphics white of HLG and PQ is 203 cd/m2.
TONEMAP = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,"
    "tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv,"
)
CONTAINER = ("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one rendition is made: short edge in pixels, quality, ceilings in bit/s."""

    kind: str
    short_edge: int
    crf: int
    video_rate: int
    audio_rate: int

    def size(self, facts: Probe) -> tuple[int, int]:
        return fit(facts.width, facts.height, self.short_edge)


LARGE = Encoding("720", 720, 23, 2_500_000, 128_000)
SMALL = Encoding("360", 360, 25, 700_000, 64_000)


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to do it: is the picture of the large rendition copied, are HDR colours mapped?"""

    copy: bool
    tonemap: bool


def plans(facts: Probe) -> Iterator[Plan]:
    """The ways worth trying, best first.

    A copied picture must decode without a fault, or it is encoded anew; colours that zscale cannot
    follow are better a little pale than missing.
    """
    tonemap = facts.is_hdr and has_filter("zscale")
    if facts.conforms:
        yield Plan(copy=True, tonemap=False)
    if tonemap:
        yield Plan(copy=False, tonemap=True)
    yield Plan(copy=False, tonemap=False)


def fit(width: int, height: int, short_edge: int) -> tuple[int, int]:
    """The size with this short edge at most and a long edge of 2.4 times that at most, never larger
    than given, in even numbers."""
    factor = min(1.0, short_edge / min(width, height), 2.4 * short_edge / max(width, height))
    return _even(width * factor), _even(height * factor)


def _even(edge: float) -> int:
    return max(2, int(edge / 2 + 1e-6) * 2)


def arguments(source: Path, folder: Path, facts: Probe, plan: Plan) -> list[str]:
    """Reads `source`; leaves 720.mp4, 360.mp4, strip-*.png, cover.png and peaks.raw in `folder`."""
    large, small = folder / f"{LARGE.kind}.mp4", folder / f"{SMALL.kind}.mp4"
    strict = ["-xerror", "-err_detect", "explode"] if plan.copy else []
    words = ["-filter_complex_threads", "2", *strict, *guarded_input(source)]
    if not facts.has_audio:
        words += ["-f", "lavfi", "-t", f"{facts.seconds:.3f}", "-i", "anullsrc=r=44100:cl=stereo"]
    words += ["-filter_complex", _graph(facts, plan)]
    if plan.copy:
        words += [*_copied(facts), *CONTAINER, str(large)]
    else:
        words += ["-map", "[v720]", *_picture(LARGE, facts)]
        words += ["-map", "[a720]", *_sound(LARGE), *CONTAINER, str(large)]
    words += ["-map", "[v360]", *_picture(SMALL, facts)]
    words += ["-map", "[a360]", *_sound(SMALL), *CONTAINER, str(small)]
    # Single pictures, tiled later: ffmpeg tells no progress before every output has begun.
    words += ["-map", "[strip]", "-frames:v", str(STRIP_PICTURES), str(folder / "strip-%02d.png")]
    words += ["-map", "[cover]", "-frames:v", "1", str(folder / "cover.png")]
    words += ["-map", "[peaks]", "-f", "s16le", str(folder / "peaks.raw")]
    return words


# --- Outputs --------------------------------------------------------------------------------------


def _copied(facts: Probe) -> list[str]:
    # SEI units hold what an encoder likes to tell, and are the one place left to hide something.
    words = [
        "-map",
        f"0:{facts.video_stream}",
        "-c:v",
        "copy",
        "-bsf:v",
        "filter_units=remove_types=6",
    ]
    if facts.sound_conforms:
        return [*words, "-map", f"0:{facts.audio_stream}", "-c:a", "copy"]
    return [*words, "-map", "[a720]", *_sound(LARGE)]


def _picture(encoding: Encoding, facts: Probe) -> list[str]:
    ceiling = ["-maxrate", str(encoding.video_rate), "-bufsize", str(2 * encoding.video_rate)]
    two_seconds = str(round(2 * _number(frame_rate(facts.frames_per_second))))
    return [
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", str(encoding.crf), *ceiling),
        *("-g", two_seconds, "-threads", "2"),
    ]


def _sound(encoding: Encoding) -> list[str]:
    return ["-c:a", "aac", "-b:a", str(encoding.audio_rate), "-ac", "2"]


# --- The filter graph -----------------------------------------------------------------------------


def frame_rate(rate: float) -> str:
    """What we play for a source of this rate: at most 30, halved rather than dropped unevenly."""
    while rate > 31:
        rate /= 2
    usual = min(USUAL_RATES, key=lambda each: abs(_number(each) - rate))
    return usual if abs(_number(usual) - rate) < 0.02 else "30"


def _number(rate: str) -> float:
    above, _, below = rate.partition("/")
    return float(above) / float(below or 1)


def _graph(facts: Probe, plan: Plan) -> str:
    width, height = fit(facts.width, facts.height, LARGE.short_edge)
    small_width, small_height = SMALL.size(facts)
    sound = f"0:{facts.audio_stream}" if facts.has_audio else "1:0"
    tonemap = TONEMAP if plan.tonemap else ""
    large_picture, large_sound = ("", "") if plan.copy else ("[v720]", "[a720]")
    if plan.copy and not facts.sound_conforms:
        large_sound = "[a720]"
    return ";".join(
        [
            # Scaled first: every later step has fewer pixels to do.
            f"[0:{facts.video_stream}]fps={frame_rate(facts.frames_per_second)},"
            f"scale={width}:{height}:out_range=tv,{tonemap}format=yuv420p,setsar=1,"
            f"split={4 if large_picture else 3}{large_picture}[small][strips][covers]",
            f"[small]scale={small_width}:{small_height}[v360]",
            f"[strips]fps={STRIP_PICTURES}/{max(facts.seconds, 0.4):.3f},scale=90:-2[strip]",
            # The most typical of fifteen pictures in three seconds: never the odd black one.
            "[covers]fps=5,trim=end=3,thumbnail=n=15[cover]",
            f"[{sound}]aresample=44100,asplit={3 if large_sound else 2}{large_sound}[a360][heard]",
            f"[heard]aresample={PEAK_RATE},aformat=sample_fmts=s16:channel_layouts=mono[peaks]",
        ]
    )
