"""Makes a recipe's renditions, its cover and its waveform: what must be there to publish."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from accounts.ffmpeg import (
    FfmpegFailed,
    FfmpegKilled,
    FfmpegTimedOut,
    Progress,
    guarded_input,
    run_ffmpeg,
)
from videos.recipes import Recipe, of_clips
from videos.transcoding.cutting import Cut, Ingredients, lay_out
from videos.transcoding.encodings import LARGE, SMALL, Encoding
from videos.transcoding.errors import BadVideo
from videos.transcoding.picture import arguments, plans, resounding
from videos.transcoding.probing import probe
from videos.transcoding.reducing import is_too_large, reduced
from videos.transcoding.sound import Sound, mix

LONGEST_RUN = 1500.0
# How far the parts of the work are, as told to `progress`.
SOUND_DONE, PICTURE_DONE = 0.04, 0.97


@dataclass(frozen=True, slots=True)
class RenditionFile:
    """One playable file in the target folder; size in pixels and bytes. `parts` are the names of
    files that it refers to."""

    kind: str
    name: str
    width: int
    height: int
    size: int
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """What `render` left in the folder, the best rendition first. Names hold a hash of the content,
    so they may be cached for ever. `peaks` are 200 loudnesses, 100 the loudest."""

    seconds: float
    width: int
    height: int
    files: tuple[RenditionFile, ...]
    cover: str
    cover_small: str
    peaks: list[int] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [file.name for file in self.files] + [self.cover, self.cover_small]

    @property
    def shown(self) -> list[str]:
        """What looking at it means: the best film and its cover; the rest shows the same."""
        return [self.files[0].name, self.cover]


def render(source: Path, folder: Path, *, progress: Progress | None = None) -> Rendered:
    """One film, whole and as it is (`FILM_RENDERER`); raises what `render_recipe` raises."""
    length = round(probe(source).seconds * 1000)
    ingredients = Ingredients(clips={"source": source})
    return render_recipe(of_clips([("source", length)]), ingredients, folder, progress=progress)


def render_recipe(
    recipe: Recipe,
    ingredients: Ingredients,
    folder: Path,
    *,
    pictures: Mapping[str, Path] | None = None,
    progress: Progress | None = None,
) -> Rendered:
    """Make what is needed to publish in `folder`; running it twice gives the same names.

    `pictures` are renditions, by kind, that were made from a recipe of the same picture: theirs is
    copied. A film that conforms is copied too, and gets its 360 later (`make_extras`). Nothing
    appears under its name before all is done. `progress` is called with rising values of 0..1; what
    it raises stops the work. Raises `BadVideo` for what cannot be read or encoded.
    """
    cut = lay_out(recipe, ingredients)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as name:
        making = Path(name)
        sound = _sound(cut, making)
        if not (pictures and _resound(pictures, cut, sound, making)):
            _picture(cut, sound, making, progress or (lambda part: None))
        rendered = _collect(cut, sound, making, folder)
    if progress:
        progress(1.0)
    return rendered


def time_limit(work: float) -> float:
    """Seconds of clock for so many seconds of film read and written: 4K on one slow core needs 10
    for each."""
    return min(LONGEST_RUN, 30 + 8 * work)


# --- Making ---------------------------------------------------------------------------------------


def _sound(cut: Cut, making: Path) -> Sound:
    try:
        return mix(cut, making, timeout=time_limit(cut.work))
    except FfmpegFailed as error:
        raise refusal_of(error) from error


def _resound(pictures: Mapping[str, Path], cut: Cut, sound: Sound, making: Path) -> bool:
    """Was it enough to copy the pictures? Where a rendition is damaged, it is made anew."""
    try:
        _run(resounding(pictures, sound, making), cut, making)
        _check(making)
    except (FfmpegFailed, BadVideo):
        return False
    return True


def _picture(cut: Cut, sound: Sound, making: Path, progress: Progress) -> None:
    """By the first plan that works."""
    if is_too_large(cut):
        cut = reduced(cut, making, lambda words: _run_or_refuse(words, cut, making))
    tell = _between(SOUND_DONE, PICTURE_DONE, progress)
    failure: Exception = FfmpegFailed()
    for plan in plans(cut):
        try:
            words = arguments(cut, sound, making, plan)
            _run(words, cut, making, tell)
            return _check(making)
        except (FfmpegTimedOut, FfmpegKilled) as error:
            raise refusal_of(error) from error
        except (FfmpegFailed, BadVideo) as error:
            failure = error
    raise failure if isinstance(failure, BadVideo) else refusal_of(failure) from failure


def _between(start: float, end: float, progress: Progress) -> Progress:
    """A part of the work tells how far the whole is; never backwards, where a plan failed."""
    reached = start

    def tell(part: float) -> None:
        nonlocal reached
        now = start + part * (end - start)
        if now > reached:
            reached = now
            progress(now)

    return tell


def _run(words: list[str], cut: Cut, making: Path, progress: Progress | None = None) -> None:
    limit, length = time_limit(cut.work), cut.seconds
    run_ffmpeg(words, timeout=limit, seconds=length, progress=progress, folder=making)


def _run_or_refuse(words: list[str], cut: Cut, making: Path) -> None:
    try:
        _run(words, cut, making)
    except FfmpegFailed as error:
        raise refusal_of(error) from error


def refusal_of(failure: Exception) -> BadVideo:
    """Is the file damaged, or did the machine fail?"""
    words = str(failure)
    # Where memory ends, films look damaged too.
    starved = any(sign in words for sign in ("Cannot allocate", "malloc of", "get_buffer() failed"))
    damaged = "Invalid data found" in words and not starved
    return BadVideo("video.corrupt" if damaged else "video.encode_failed")


def _check(making: Path) -> None:
    """Do the renditions play? ffmpeg may end well having written none."""
    for encoding in (LARGE, SMALL):
        path = making / f"{encoding.kind}.mp4"
        if path.exists() or encoding is LARGE:
            probe(path)


# --- What it left ---------------------------------------------------------------------------------


def _collect(cut: Cut, sound: Sound, making: Path, folder: Path) -> Rendered:
    cover = _cover(cut, making)
    with Image.open(cover) as picture:
        large = webp(picture, LARGE, making / "cover.webp")
        small = webp(picture, SMALL, making / "cover-small.webp")
    made = [each for each in (LARGE, SMALL) if (making / f"{each.kind}.mp4").exists()]
    files = tuple(rendition(making / f"{each.kind}.mp4", each.kind, folder) for each in made)
    return Rendered(
        seconds=cut.seconds,
        width=files[0].width,
        height=files[0].height,
        files=files,
        cover=keep(large, folder),
        cover_small=keep(small, folder),
        peaks=sound.peaks,
    )


def _cover(cut: Cut, making: Path) -> Path:
    """The chosen moment of the finished video, else the most typical of fifteen pictures in its
    first three seconds: never the odd black one."""
    path, moment = making / "cover.png", cut.recipe.cover_ms
    film = guarded_input(making / f"{LARGE.kind}.mp4")
    if moment is None:
        words = ["-t", "3", *film, "-vf", "fps=5,thumbnail=n=15"]
    else:
        # A picture lasts a while: the last moment has none of its own.
        words = ["-ss", f"{min(moment / 1000, max(0, cut.seconds - 0.1)):.3f}", *film]
    _run_or_refuse([*words, "-frames:v", "1", "-update", "1", str(path)], cut, making)
    if not path.exists():
        raise BadVideo("video.corrupt")
    return path


def rendition(path: Path, kind: str, folder: Path) -> RenditionFile:
    """Move a finished rendition into the folder, under its final name."""
    facts, size = probe(path), path.stat().st_size
    return RenditionFile(kind, keep(path, folder), facts.width, facts.height, size)


def webp(picture: Image.Image, encoding: Encoding, path: Path) -> Path:
    """The picture as large as that rendition is."""
    size = encoding.size(*picture.size)
    picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(path, "WEBP", quality=80)
    return path


def keep(path: Path, folder: Path) -> str:
    """Move a finished file into the folder under a name with its hash; answers the name."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    name = f"{path.stem}-{digest}{path.suffix}"
    path.replace(folder / name)
    return name
