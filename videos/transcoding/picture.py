"""The picture of a video: cut, fitted into its frame, coloured, lettered; one decode feeds both the
720 and the 360."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accounts.ffmpeg import guarded_input, has_filter
from videos.recipes import PLAIN_FILTER
from videos.recipes.filters import cube
from videos.transcoding.cutting import Cut, Film, Piece
from videos.transcoding.encodings import CONTAINER, ENCODINGS, LARGE, SMALL, Encoding, even
from videos.transcoding.lettering import Lettering, letter
from videos.transcoding.sound import Sound

# BT.2408: graphics white of HLG and PQ is 203 cd/m2.
TONEMAP = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,"
    "tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv,"
)
CUBE = "look.cube"
STREAM_SECONDS = 60  # above that, renditions are streamed in segments
HALF = (360, 640)  # one side of a duet


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to do it: is the picture copied, the sound with it, are HDR colours mapped?"""

    copy: bool = False
    copy_sound: bool = False
    tonemap: bool = False


def plans(cut: Cut) -> Iterator[Plan]:
    """The ways worth trying, best first.

    What is copied must decode without a fault, or it is encoded anew; colours that zscale cannot
    follow are better a little pale than missing.
    """
    films = [piece.film for piece in cut.pieces] + ([cut.beside] if cut.beside else [])
    if cut.may_copy_picture and cut.may_copy_sound:
        yield Plan(copy=True, copy_sound=True)
    if cut.may_copy_picture:
        yield Plan(copy=True)
    if any(film.facts.is_hdr for film in films) and has_filter("zscale"):
        yield Plan(tonemap=True)
    yield Plan()


def arguments(cut: Cut, sound: Sound, folder: Path, plan: Plan) -> list[str]:
    """Leaves 720.mp4 in `folder`, and 360.mp4 beside what is encoded; to be run in `folder`."""
    make = _copying if plan.copy else _encoding
    return make(cut, sound, folder, plan)


# --- Copied ---------------------------------------------------------------------------------------


def _copying(cut: Cut, sound: Sound, folder: Path, plan: Plan) -> list[str]:
    """What is copied is decoded to nowhere too, to learn whether players can."""
    film = cut.pieces[0].film
    copied = ["-map", f"0:{film.facts.video_stream}"]
    words = ["-xerror", "-err_detect", "explode", *guarded_input(film.path)]
    words += ["-i", str(sound.path)]
    # SEI units hold what an encoder likes to tell, and are the one place left to hide something.
    words += [*copied, "-c:v", "copy", "-bsf:v", "filter_units=remove_types=6"]
    if plan.copy_sound:
        heard = ["-map", f"0:{film.facts.audio_stream}"]
        words += [*heard, "-c:a", "copy"]
        copied += heard
    else:
        words += ["-map", "1:a", "-af", sound.levelling, *LARGE.sound]
    words += [*CONTAINER, str(folder / "720.mp4")]
    return [*words, *copied, "-f", "null", "-"]


def resounding(pictures: Mapping[str, Path], sound: Sound, folder: Path) -> list[str]:
    """Finished renditions, by encoding, with another sound: their pictures are copied."""
    words = [word for path in pictures.values() for word in guarded_input(path)]
    words += ["-i", str(sound.path)]
    for place, kind in enumerate(pictures):
        words += ["-map", f"{place}:v:0", "-c:v", "copy"]
        words += ["-map", f"{len(pictures)}:a", "-af", sound.levelling, *ENCODINGS[kind].sound]
        words += [*CONTAINER, str(folder / f"{kind}.mp4")]
    return words


# --- Encoded --------------------------------------------------------------------------------------


def _encoding(cut: Cut, sound: Sound, folder: Path, plan: Plan) -> list[str]:
    letterings = _prepare(cut, folder)
    words = ["-filter_complex_threads", "2"]
    for piece in cut.pieces:
        window = ["-ss", f"{piece.start:.3f}", "-t", f"{piece.length:.3f}"]
        words += [*window, *guarded_input(piece.film.path)]
    words += guarded_input(cut.beside.path) if cut.beside else []
    for lettering in letterings:
        words += ["-f", "image2", "-i", str(lettering.path)]
    words += ["-i", str(sound.path)]
    words += ["-filter_complex", _graph(cut, sound, letterings, plan)]
    for encoding in (LARGE, SMALL):
        words += _output(cut, encoding, folder)
    return words


def _output(cut: Cut, encoding: Encoding, folder: Path) -> list[str]:
    picture = encoding.picture(cut.rate, has_steady_keys=cut.seconds > STREAM_SECONDS)
    streams = ["-map", f"[v{encoding.kind}]", *picture]
    streams += ["-map", f"[a{encoding.kind}]", *encoding.sound]
    return [*streams, *CONTAINER, str(folder / f"{encoding.kind}.mp4")]


def _prepare(cut: Cut, folder: Path) -> list[Lettering]:
    """Files that the graph reads: the colour cube, the drawn texts."""
    if cut.recipe.filter != PLAIN_FILTER:
        (folder / CUBE).write_text(cube(cut.recipe.filter))
    return [
        letter(text, cut.width, cut.height, folder / f"text-{place}.png")
        for place, text in enumerate(cut.recipe.texts)
    ]


def _graph(cut: Cut, sound: Sound, letterings: list[Lettering], plan: Plan) -> str:
    chains = [*_pieces(cut, plan), *_beside(cut, plan)]
    first = len(cut.pieces) + (1 if cut.beside else 0)
    chains += _lettered(cut, letterings, first)
    width, height = SMALL.size(cut.width, cut.height)
    chains.append(f"[lettered]split=2[v720][small];[small]scale={width}:{height}[v360]")
    chains.append(f"[{first + len(letterings)}:a]{sound.levelling},asplit=2[a720][a360]")
    return ";".join(chains)


def _pieces(cut: Cut, plan: Plan) -> Iterator[str]:
    """The cuts one after another, coloured: [coloured]."""
    size = HALF if cut.beside else (cut.width, cut.height)
    for place, piece in enumerate(cut.pieces):
        yield f"[{place}:{piece.film.facts.video_stream}]{_piece(cut, piece, size, plan)}[p{place}]"
    pieces = "".join(f"[p{place}]" for place in range(len(cut.pieces)))
    together = f"concat=n={len(cut.pieces)}:v=1:a=0" if len(cut.pieces) > 1 else "null"
    look = "" if cut.recipe.filter == PLAIN_FILTER else f",format=gbrp,lut3d={CUBE},format=yuv420p"
    yield f"{pieces}{together}{look}[coloured]"


def _piece(cut: Cut, piece: Piece, size: tuple[int, int], plan: Plan) -> str:
    speed = "" if piece.speed == 1 else f"setpts=PTS/{piece.speed:g},"
    return (
        f"{speed}fps={cut.rate}:start_time=0,"
        f"{_fitted(piece.film, size, plan, is_filled=cut.beside is not None)},"
        # A film may end a picture early; the sound has been cut to the same length.
        f"tpad=stop=-1:stop_mode=clone,trim=end_frame={piece.frames}"
    )


def _fitted(film: Film, size: tuple[int, int], plan: Plan, *, is_filled: bool) -> str:
    """A film in a frame: all of it, between bars where the shapes differ; or filling it, cropped.

    It is scaled first, so that every later step has fewer pixels to do.
    """
    tonemap = TONEMAP if plan.tonemap and film.facts.is_hdr else ""
    width, height = _scaled(film, size, max if is_filled else min)
    words = f"scale={width}:{height}:out_range=tv,{tonemap}format=yuv420p,setsar=1"
    if (width, height) == size:
        return words
    if is_filled:
        return f"{words},crop={size[0]}:{size[1]}"
    return f"{words},pad={size[0]}:{size[1]}:-1:-1"


def _scaled(film: Film, size: tuple[int, int], choose: Callable[..., Any]) -> tuple[int, int]:
    """The film's shape at the smaller or the larger of the two sizes that touch the frame."""
    facts = film.facts
    factor = choose(size[0] / facts.width, size[1] / facts.height)
    width, height = even(facts.width * factor), even(facts.height * factor)
    return choose(width, size[0]), choose(height, size[1])


def _beside(cut: Cut, plan: Plan) -> Iterator[str]:
    """[framed]: as it is, or on the left of the video that it answers."""
    if cut.beside is None:
        yield "[coloured]null[framed]"
        return
    other = _fitted(cut.beside, HALF, plan, is_filled=True)
    stream = f"{len(cut.pieces)}:{cut.beside.facts.video_stream}"
    # Where the other one is shorter, its last picture stays.
    yield f"[{stream}]fps={cut.rate}:start_time=0,{other},tpad=stop=-1:stop_mode=clone[other]"
    yield (
        f"[coloured][other]hstack=inputs=2:shortest=1,pad={cut.width}:{cut.height}:-1:-1[framed]"
    )


def _lettered(cut: Cut, letterings: list[Lettering], first: int) -> Iterator[str]:
    """[lettered]: each text laid over while its time is."""
    below = "framed"
    for place, (text, lettering) in enumerate(zip(cut.recipe.texts, letterings, strict=True)):
        time = f"gte(t,{text.from_ms / 1000:.3f})*lt(t,{text.to_ms / 1000:.3f})"
        where = f"{lettering.left}:{lettering.top}:enable='{time}'"
        yield f"[{below}][{first + place}:v]overlay={where}[t{place}]"
        below = f"t{place}"
    yield f"[{below}]null[lettered]"
