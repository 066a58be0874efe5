"""How the ten demo films are made: cut from the sample film, else invented by ffmpeg itself."""

from dataclasses import dataclass
from pathlib import Path

from config.demo import samples
from videos.transcoding import run_ffmpeg

WIDTH, HEIGHT = 720, 1280
TIMEOUT = 120.0

WARM = "eq=saturation=1.12:gamma_r=1.06:gamma_b=0.94"
DUSK = "eq=brightness=-0.06:saturation=0.75:gamma_r=0.85:gamma_g=0.88:gamma_b=1.3"
OLD = "eq=contrast=1.1,noise=alls=14:allf=t,vignette"
# Dark blue to paper through red: a print in two inks.
TWO_INKS = (
    "format=gray,eq=contrast=1.25,format=rgb24,"
    "curves=r='0/0.13 0.45/0.93 1/1':g='0/0.17 0.45/0.36 1/0.95':b='0/0.42 0.45/0.33 1/0.86'"
)
# Around a picture that keeps its titles whole: itself, large and blurred, or black as in a cinema.
BLURRED = (
    "split[front][b];[b]scale=54:96:force_original_aspect_ratio=increase,crop=54:96,gblur=3,"
    "scale=720:1280,eq=brightness=-0.12[back];[back][front]overlay=0:(H-h)/2"
)
BLACK = "pad=720:1280:0:(oh-ih)/2:black"


@dataclass(frozen=True, slots=True)
class Cut:
    """A vertical cut: `start` and `seconds` in the film, `pan` 0 (left) to 1, moving to `pan_to`.

    `zoom` is 1 for the whole height; `slow` stretches time; `boomerang` plays there and back;
    `look` is a filter; `around` fills up what a part of `aspect` (width by height) leaves of the
    screen; `track` is (mood, number, start in seconds).
    """

    film: str
    start: float
    seconds: float
    pan: float
    track: tuple[str, int, float]
    pan_to: float | None = None
    zoom: float = 1.0
    aspect: float = 9 / 16
    slow: float = 1.0
    boomerang: bool = False
    mirror: bool = False
    look: str = ""
    around: str = ""

    @property
    def length(self) -> float:
        return self.seconds * self.slow * (2 if self.boomerang else 1)


CUTS = {
    "meadow": Cut("short", 0, 5.2, 0.33, ("calm", 0, 8), slow=1.4, mirror=True),
    "rabbit": Cut("trailer", 22.8, 7.4, 0.4, ("happy", 3, 12), pan_to=0.3, look=WARM),
    "butterfly": Cut("trailer", 41.25, 2.4, 0.68, ("tender", 0, 5), zoom=1.5, slow=2.6),
    "balloon": Cut(
        "trailer", 39.3, 1.2, 0.82, ("nostalgic", 3, 10), slow=2.6, boomerang=True, look=WARM
    ),
    "chase": Cut(
        "trailer", 36.35, 1.1, 0.05, ("energetic", 3, 20), pan_to=0.95, slow=3, boomerang=True
    ),
    "print": Cut(
        "trailer", 44.3, 1.6, 0.42, ("happy", 0, 6), slow=2, boomerang=True, look=TWO_INKS
    ),
    "projector": Cut(
        "trailer", 47.3, 3.3, 0.5, ("nostalgic", 0, 14), aspect=0.8, slow=2, look=OLD, around=BLACK
    ),
    "coffee": Cut(
        "trailer", 0.9, 1.6, 0.5, ("tender", 3, 9), pan_to=0.9, slow=2.4, boomerang=True, look=WARM
    ),
    "firstline": Cut(
        *("trailer", 10.2, 2.7, 0.42, ("calm", 3, 16)),
        aspect=0.8,
        around=BLURRED,
        slow=1.2,
        boomerang=True,
    ),
    "dusk": Cut("trailer", 41.2, 2.5, 0.42, ("tender", 1, 20), slow=3, mirror=True, look=DUSK),
}


def make_clip(key: str, target: Path) -> None:
    """Write the clip of this key, 720x1280, in a form that `render` copies without a new encode."""
    found = samples.find()
    cut = CUTS[key]
    if found.complete:
        source, length = _from_film(cut, found), cut.length
    else:
        source, length = _invented(list(CUTS).index(key)), INVENTED_SECONDS
    run_ffmpeg([*source, *_output(length), target], timeout=TIMEOUT)


def _output(length: float) -> list[str]:
    return [
        *("-map", "[v]", "-map", "[a]", "-t", f"{length:.2f}"),
        *("-c:v", "libx264", "-preset", "superfast", "-crf", "23", "-pix_fmt", "yuv420p"),
        *("-maxrate", "2000k", "-bufsize", "2000k", "-g", "60", "-threads", "2"),
        *("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "44100"),
        *("-map_metadata", "-1", "-movflags", "+faststart"),
    ]


def _from_film(cut: Cut, found: samples.Samples) -> list[str]:
    mood, number, offset = cut.track
    tracks = found.music[mood]
    track = tracks[number % len(tracks)]
    drift = f"{cut.pan}+{(cut.pan if cut.pan_to is None else cut.pan_to) - cut.pan:.3f}"
    picture = "setpts=PTS-STARTPTS,"
    picture += f"crop=ih*{cut.aspect}/{cut.zoom}:ih/{cut.zoom}"
    picture += f":(iw-ow)*({drift}*min(t/{cut.seconds}\\,1)):(ih-oh)*0.6"
    picture += f",scale={WIDTH}:-2:flags=lanczos"
    picture += ",hflip" if cut.mirror else ""
    picture += f",{cut.look}" if cut.look else ""
    picture += f",{cut.around}" if cut.around else ""
    picture += f",setsar=1,setpts=PTS*{cut.slow}"
    # Stretched time has too few pictures: blend neighbours, or the slow parts would stutter.
    picture += ",framerate=fps=30" if cut.slow > 1 else ",fps=30"
    if cut.boomerang:
        picture += ",split[there][b];[b]reverse[back];[there][back]concat=n=2:v=1:a=0"
    fade = f"afade=t=in:d=0.2,afade=t=out:st={cut.length - 0.5:.2f}:d=0.5"
    return [
        *("-ss", str(cut.start), "-t", str(cut.seconds), "-i", str(found.films[cut.film])),
        *("-ss", str(offset), "-i", str(track)),
        "-filter_complex",
        f"[0:v]{picture}[v];[1:a]aformat=sample_rates=44100:channel_layouts=stereo,{fade}[a]",
    ]


# --- Without samples ------------------------------------------------------------------------------

INVENTED_SECONDS = 8.0

_GRADIENT = "gradients=s=360x640:r=30:n=4:{colours}:speed={speed}:seed={seed},scale=720:1280"
_LIFE = (
    "life=s=90x160:r=12:mold=14:ratio=0.12:seed={seed}:death_color={dead}:life_color={live}"
    ":mold_color={dead},scale=720:1280:flags=neighbor,fps=30"
)
_MANDELBROT = (
    "mandelbrot=s=360x640:r=30:start_x={x}:start_y={y}:end_scale=0.002:end_pts=400,scale=720:1280"
)


def _colours(*names: str) -> str:
    return ":".join(f"c{place}={name}" for place, name in enumerate(names))


_PICTURES = (
    _GRADIENT.format(
        colours=_colours("0x2f8f6b", "0xffe2a8", "0xee7b5b", "0x23395d"), speed=0.02, seed=3
    ),
    _LIFE.format(seed=7, dead="0x2a1a3a", live="0xff8a66"),
    _GRADIENT.format(
        colours=_colours("0xf7c8b4", "0xd9482b", "0x4f3a9e", "0xfff3df"), speed=0.03, seed=9
    ),
    _MANDELBROT.format(x=-0.743643, y=-0.131825),
    _LIFE.format(seed=21, dead="0x102a43", live="0xffd166"),
    _GRADIENT.format(
        colours=_colours("0x35c2a1", "0x1f5f78", "0xf2c14e", "0xc23b7a"), speed=0.04, seed=5
    ),
    _MANDELBROT.format(x=-0.170337, y=-1.06506),
    _GRADIENT.format(
        colours=_colours("0xffd6de", "0x7a2e2e", "0x3d5bd9", "0xe3dcf7"), speed=0.02, seed=14
    ),
    _LIFE.format(seed=33, dead="0x0f2e25", live="0xc9f2ee"),
    _GRADIENT.format(
        colours=_colours("0x171219", "0x4f4a63", "0x8a4fd1", "0xee7b5b"), speed=0.015, seed=2
    ),
)
_ROOTS = (220.0, 261.63, 196.0, 174.61, 293.66, 246.94, 164.81, 207.65, 233.08, 185.0)


def _invented(number: int) -> list[str]:
    """Moving colours and a slow chord that breathes, another one for each film."""
    root = _ROOTS[number]
    tones = "+".join(
        f"0.12*sin(2*PI*t*{root * ratio:.2f})*(0.6+0.4*sin(2*PI*t*{0.25 + 0.1 * place}))"
        for place, ratio in enumerate((0.5, 1, 1.25, 1.5))
    )
    return [
        *("-f", "lavfi", "-t", str(INVENTED_SECONDS), "-i", _PICTURES[number]),
        *("-f", "lavfi", "-t", str(INVENTED_SECONDS), "-i", f"aevalsrc='{tones}':s=44100"),
        "-filter_complex",
        f"[0:v]setsar=1,format=yuv420p[v];[1:a]afade=t=out:st={INVENTED_SECONDS - 1}:d=1[a]",
    ]
