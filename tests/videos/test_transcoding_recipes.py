"""Recipes become films: real ffmpeg on coloured films, looked at and listened to."""

import math
from array import array
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image

from accounts.ffmpeg import FfmpegFailed, run_ffmpeg
from tests.videos.films import AAC, X264, film
from videos.recipes import FILTERS, Layout, LayoutKind, Music, Recipe, Segment, Text
from videos.transcoding import BadVideo, Ingredients, make_extras, probe, render_recipe
from videos.transcoding.rendering import refusal_of

RED, GREEN, BLUE, BLACK, WHITE = (
    (254, 0, 0),
    (0, 128, 0),
    (0, 0, 254),
    (0, 0, 0),
    (255, 255, 255),
)


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "out"


def coloured(
    path: Path, colour: str, *, seconds: float = 2, size: str = "180x320", tone: int = 0, rate=30
) -> Path:
    """A film of one colour, with a tone of so many hertz, or silent."""
    words = ["-f", "lavfi", "-i", f"color={colour}:s={size}:r={rate}:d={seconds}"]
    if tone:
        words += ["-f", "lavfi", "-i", f"sine=f={tone}:r=44100:d={seconds}"]
    run_ffmpeg([*words, *X264, *(AAC if tone else ()), path], timeout=30)
    return path


def frame(path: Path, second: float) -> Image.Image:
    """The picture that is seen at a moment."""
    with av.open(str(path)) as container:
        shown = None
        for each in container.decode(video=0):
            if shown is not None and each.time > second + 1e-6:
                break
            shown = each
        assert shown is not None
        return shown.to_image()


def colour_at(path: Path, second: float, x: float = 0.5, y: float = 0.5) -> tuple[int, ...]:
    picture = frame(path, second)
    return pixel(picture, int(x * picture.width), int(y * picture.height))


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def samples(path: Path) -> array:
    """Its sound: one channel, 44,100 a second."""
    raw = path.with_suffix(".raw")
    run_ffmpeg(["-i", path, "-vn", "-ac", "1", "-ar", "44100", "-f", "s16le", raw], timeout=20)
    found = array("h")
    found.frombytes(raw.read_bytes())
    return found


def loudness(sound: array, start: float, end: float) -> float:
    """Root mean square of a stretch, 0 to 1."""
    part = sound[int(start * 44100) : int(end * 44100)]
    return math.sqrt(sum(value * value for value in part) / len(part)) / 32768


def hertz(sound: array, start: float, end: float) -> float:
    """The pitch of a tone, by its zero crossings."""
    part = sound[int(start * 44100) : int(end * 44100)]
    rises = sum(1 for a, b in pairwise(part) if a < 0 <= b)
    return rises / (end - start)


def lufs(path: Path) -> float:
    log = path.with_suffix(".txt")
    print_it = f"ametadata=mode=print:key=lavfi.r128.I:file={log.name}"
    words: list[str | Path] = [
        "-i",
        path,
        "-vn",
        "-af",
        f"ebur128=metadata=1,{print_it}",
        "-f",
        "null",
        "-",
    ]
    run_ffmpeg(words, timeout=20, folder=path.parent)
    return float(log.read_text().rpartition("=")[2])


def made(recipe: Recipe, out: Path, **ingredients) -> Path:
    """The best rendition of a recipe."""
    clips = ingredients.pop("clips")
    result = render_recipe(recipe, Ingredients(clips, **ingredients), out)
    return out / result.files[0].name


def one(clip: Path, seconds: float = 2, **parts) -> tuple[Recipe, dict]:
    """A recipe of one whole clip."""
    return Recipe((Segment("a", 0, round(seconds * 1000)),), **parts), {"clips": {"a": clip}}


# --- Cuts -----------------------------------------------------------------------------------------


def test_cuts_stand_in_their_order_and_last_as_long_as_they_say(tmp_path, out):
    clips = {
        "red": coloured(tmp_path / "red.mp4", "red"),
        "green": coloured(tmp_path / "green.mp4", "green"),
    }
    cuts = (Segment("green", 500, 1500), Segment("red", 0, 500), Segment("green", 0, 1000))

    result = render_recipe(Recipe(cuts), Ingredients(clips), out)

    assert result.seconds == pytest.approx(2.5)
    shown = out / result.files[0].name
    assert near(colour_at(shown, 0.9), GREEN)
    assert near(colour_at(shown, 1.2), RED)
    assert near(colour_at(shown, 1.6), GREEN)


def test_a_trim_is_exact_to_the_picture(tmp_path, out):
    """A second of red, then blue: cut 0.4 s before the change, it comes after 0.4 s."""
    both = tmp_path / "both.mp4"
    words = ["-f", "lavfi", "-i", "color=red:s=180x320:r=30:d=1"]
    words += ["-f", "lavfi", "-i", "color=blue:s=180x320:r=30:d=1"]
    run_ffmpeg([*words, "-filter_complex", "concat=n=2", *X264, both], timeout=20)

    shown = made(Recipe((Segment("a", 600, 1600),)), out, clips={"a": both})

    assert near(colour_at(shown, 11 / 30), RED)
    assert near(colour_at(shown, 12 / 30), BLUE)
    assert near(colour_at(shown, 29 / 30), BLUE)


@pytest.mark.parametrize(("speed", "seconds"), [(0.5, 2), (2, 0.5), (3, 1 / 3), (0.3, 10 / 3)])
def test_speed_changes_length_and_keeps_the_pitch(tmp_path, out, speed, seconds):
    clip = coloured(tmp_path / "a.mp4", "red", tone=440)

    result = render_recipe(Recipe((Segment("a", 500, 1500, speed),)), Ingredients({"a": clip}), out)

    assert result.seconds == pytest.approx(seconds, abs=0.02)
    sound = samples(out / result.files[0].name)
    assert len(sound) / 44100 == pytest.approx(seconds, abs=0.06)
    assert hertz(sound, 0.1, seconds - 0.1) == pytest.approx(440, rel=0.05)


def test_clips_of_other_shapes_and_rates_are_fitted_between_bars(tmp_path, out):
    clips = {
        "tall": coloured(tmp_path / "tall.mp4", "red", size="180x320", tone=440),
        "wide": coloured(tmp_path / "wide.mp4", "blue", size="320x180", rate=50),
    }

    result = render_recipe(
        Recipe((Segment("tall", 0, 1000), Segment("wide", 0, 1000))), Ingredients(clips), out
    )

    shown = out / result.files[0].name
    assert (result.width, result.height) == (180, 320)
    assert near(colour_at(shown, 1.5, 0.5, 0.5), BLUE)
    assert near(colour_at(shown, 1.5, 0.5, 0.1), BLACK)
    sound = samples(shown)
    assert loudness(sound, 0.2, 0.8) > 0.05
    assert loudness(sound, 1.2, 1.8) < 0.001


def test_twenty_cuts_stay_in_step(tmp_path, out):
    """Tones belong to pictures: cuts of odd lengths must not let them drift apart."""
    clips = {
        "red": coloured(tmp_path / "red.mp4", "red", tone=440),
        "blue": coloured(tmp_path / "blue.mp4", "blue"),
    }
    cuts = tuple(Segment("red" if n % 2 else "blue", 0, 217) for n in range(20))

    result = render_recipe(Recipe(cuts), Ingredients(clips), out)

    assert result.seconds == pytest.approx(20 * 0.217, abs=0.02)
    shown = out / result.files[0].name
    sound = samples(shown)
    start = 19 * 0.217
    assert near(colour_at(shown, start + 0.1), RED)
    assert near(colour_at(shown, start - 0.1), BLUE)
    assert loudness(sound, start + 0.05, start + 0.15) > 0.05
    assert loudness(sound, start - 0.15, start - 0.05) < 0.01


def test_a_cut_beyond_its_clip_is_refused(tmp_path, out):
    clip = coloured(tmp_path / "a.mp4", "red")

    with pytest.raises(BadVideo) as caught:
        made(Recipe((Segment("a", 2500, 3000),)), out, clips={"a": clip})

    assert caught.value.code == "video.cut"


# --- Looks and words ------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["warm", "cool", "mono", "vivid", "fade", "noir", "dream"])
def test_a_look_comes_out_as_its_css_filter_shows_it(tmp_path, out, look):
    clip = coloured(tmp_path / "a.mp4", "0xC08040")
    before = colour_at(clip, 0.5)
    expected = FILTERS[look].colour((before[0] / 255, before[1] / 255, before[2] / 255))

    recipe, ingredients = one(clip, filter=look)

    shown = colour_at(made(recipe, out, **ingredients), 0.5)
    assert near(shown, tuple(round(255 * part) for part in expected), by=5)


def test_words_stand_where_and_while_the_recipe_says(tmp_path, out):
    clip = coloured(tmp_path / "a.mp4", "red", size="360x640")
    text = Text("\u2588\u2588\u2588", 500, 1500, 0.5, 0.25, 0.1, "#0000ff", "box")

    recipe, ingredients = one(clip, texts=(text,))

    shown = made(recipe, out, **ingredients)
    assert near(colour_at(shown, 0.4, 0.5, 0.25), RED)
    assert not near(colour_at(shown, 0.6, 0.5, 0.25), RED)
    assert near(colour_at(shown, 0.6, 0.5, 0.5), RED)
    assert near(colour_at(shown, 1.6, 0.5, 0.25), RED)


def test_a_box_is_centred_on_its_place(tmp_path, out):
    clip = coloured(tmp_path / "a.mp4", "white", size="360x640")
    text = Text("hello", 0, 2000, 0.5, 0.3, 0.08, "#0000ff", "box")

    recipe, ingredients = one(clip, texts=(text,))

    picture = frame(made(recipe, out, **ingredients), 1)
    blue = [
        (x, y)
        for x in range(0, picture.width, 2)
        for y in range(0, picture.height, 2)
        if near(pixel(picture, x, y), BLUE, by=60)
    ]
    left, right = min(x for x, _ in blue), max(x for x, _ in blue)
    top, bottom = min(y for _, y in blue), max(y for _, y in blue)
    assert (left + right) / 2 / picture.width == pytest.approx(0.5, abs=0.01)
    assert (top + bottom) / 2 / picture.height == pytest.approx(0.3, abs=0.01)
    # A line is 1.2 sizes high, and has 0.12 above and below.
    assert (bottom - top) / picture.height == pytest.approx(0.08 * 1.44, abs=0.01)


@pytest.mark.parametrize(
    "words",
    [
        "'; drawtext=x",
        "%{pts}",
        "a:b\\n[in]",
        "مرحبا 👋🏽",
        "שלום hello",
        "😀👩‍👩‍👧1️⃣",
        "日本",
        "\u202e",
    ],
)
@pytest.mark.parametrize("style", ["plain", "box", "outline"])
def test_any_words_can_be_drawn(tmp_path, words, style):
    from videos.transcoding.lettering import letter

    drawn = letter(Text(words, 0, 1000, style=style), 360, 640, tmp_path / "words.png")

    assert Image.open(drawn.path).mode == "RGBA"


def test_words_on_every_second_of_three_minutes_are_laid_over_in_one_pass(tmp_path, out):
    clip = coloured(tmp_path / "a.mp4", "red")
    texts = tuple(Text(str(n), n * 100, n * 100 + 100) for n in range(20))

    recipe, ingredients = one(clip, texts=texts)

    assert probe(made(recipe, out, **ingredients)).seconds == pytest.approx(2, abs=0.05)


# --- Sound ----------------------------------------------------------------------------------------


def two_tones(path: Path) -> Path:
    """300 Hz for two seconds, then 900 Hz."""
    words = ["-f", "lavfi", "-i", "sine=f=300:r=44100:d=2"]
    words += ["-f", "lavfi", "-i", "sine=f=900:r=44100:d=4"]
    run_ffmpeg([*words, "-filter_complex", "concat=n=2:v=0:a=1", *AAC, path], timeout=20)
    return path


def test_music_begins_at_its_offset(tmp_path, out):
    clip, music = coloured(tmp_path / "a.mp4", "red"), two_tones(tmp_path / "music.mp4")

    recipe, ingredients = one(clip, music=Music("m", start_ms=1000), volume=0)

    sound = samples(made(recipe, out, **ingredients, music=music))
    assert hertz(sound, 0.2, 0.9) == pytest.approx(300, rel=0.03)
    assert hertz(sound, 1.1, 1.9) == pytest.approx(900, rel=0.03)


def test_two_volumes_are_kept_to_each_other(tmp_path, out):
    clip = coloured(tmp_path / "a.mp4", "red", tone=440, seconds=3)
    music = two_tones(tmp_path / "music.mp4")

    recipe, ingredients = one(clip, 3, music=Music("m", 2000, volume=0.05), volume=1)

    sound = samples(made(recipe, out, **ingredients, music=music))
    assert hertz(sound, 0.5, 1.5) == pytest.approx(440, rel=0.03)


def test_music_fades(tmp_path, out):
    clip, music = coloured(tmp_path / "a.mp4", "red", seconds=3), two_tones(tmp_path / "m.mp4")
    fading = Music("m", fade_in_ms=1000, fade_out_ms=1000)

    recipe, ingredients = one(clip, 3, music=fading, volume=0)

    sound = samples(made(recipe, out, **ingredients, music=music))
    middle = loudness(sound, 1.2, 1.8)
    assert loudness(sound, 0, 0.1) < middle / 5
    assert loudness(sound, 2.85, 2.95) < middle / 5


def test_music_shorter_than_the_video_ends_in_silence(tmp_path, out):
    clip, music = coloured(tmp_path / "a.mp4", "red", seconds=3), two_tones(tmp_path / "m.mp4")

    recipe, ingredients = one(clip, 3, music=Music("m", start_ms=4500), volume=0)

    shown = made(recipe, out, **ingredients, music=music)
    sound = samples(shown)
    assert len(sound) / 44100 == pytest.approx(3, abs=0.06)
    assert loudness(sound, 0.5, 1.2) > 0.05
    assert loudness(sound, 2, 2.9) < 0.001


@pytest.mark.parametrize("volume", ["-3dB", "12dB"])
def test_every_sound_is_brought_to_the_same_loudness(tmp_path, out, volume):
    clip = film(tmp_path / "a.mp4", "-g", "250", "-af", f"volume={volume}", seconds=4)

    recipe, ingredients = one(clip, 4)

    assert lufs(made(recipe, out, **ingredients)) == pytest.approx(-14, abs=0.7)


def test_a_quiet_room_is_not_made_to_roar(tmp_path, out):
    clip = film(tmp_path / "a.mp4", "-g", "250", "-af", "volume=-40dB", seconds=4)

    recipe, ingredients = one(clip, 4)

    assert lufs(made(recipe, out, **ingredients)) < -45


def test_a_clip_made_quiet_stays_quiet(tmp_path, out):
    clip = film(tmp_path / "a.mp4", seconds=4)

    recipe, ingredients = one(clip, 4, volume=0.25)

    assert lufs(made(recipe, out, **ingredients)) == pytest.approx(-26, abs=0.7)


# --- With another video ---------------------------------------------------------------------------


def test_a_duet_stands_left_of_what_it_answers(tmp_path, out):
    own = coloured(tmp_path / "own.mp4", "red", tone=440)
    parent = coloured(tmp_path / "parent.mp4", "blue", seconds=1, tone=880)

    recipe, ingredients = one(own, layout=Layout(LayoutKind.DUET, "p"))

    result = render_recipe(recipe, Ingredients(**ingredients, parent=parent), out)
    shown = out / result.files[0].name
    assert (result.width, result.height, result.seconds) == (720, 1280, 2)
    assert near(colour_at(shown, 0.5, 0.25), RED)
    assert near(colour_at(shown, 0.5, 0.75), BLUE)
    assert near(colour_at(shown, 0.5, 0.25, 0.1), BLACK)
    # The shorter one stands still at its end.
    assert near(colour_at(shown, 1.8, 0.75), BLUE)


def test_a_stitch_begins_with_a_stretch_of_the_other(tmp_path, out):
    own = coloured(tmp_path / "own.mp4", "red")
    parent = coloured(tmp_path / "parent.mp4", "blue", size="320x180", tone=880)
    stitch = Layout(LayoutKind.STITCH, "p", 500, 1500)

    recipe, ingredients = one(own, layout=stitch)

    result = render_recipe(recipe, Ingredients(**ingredients, parent=parent), out)
    shown = out / result.files[0].name
    assert (result.width, result.height, result.seconds) == (720, 1280, 3)
    assert near(colour_at(shown, 0.5), BLUE)
    assert near(colour_at(shown, 1.5), RED)
    assert hertz(samples(shown), 0.2, 0.8) == pytest.approx(880, rel=0.03)


# --- Covers and extras ----------------------------------------------------------------------------


def test_the_cover_is_the_chosen_moment_of_the_finished_video(tmp_path, out):
    clips = {
        "red": coloured(tmp_path / "red.mp4", "red"),
        "blue": coloured(tmp_path / "blue.mp4", "blue"),
    }
    cuts = (Segment("red", 0, 1000), Segment("blue", 0, 1000))

    result = render_recipe(Recipe(cuts, cover_ms=1500), Ingredients(clips), out)

    picture = Image.open(out / result.cover).convert("RGB")
    assert near(picture.getpixel((90, 160)), BLUE, by=20)


def test_a_cover_at_the_very_end_is_the_last_picture(tmp_path, out):
    recipe, ingredients = one(coloured(tmp_path / "a.mp4", "red"), cover_ms=2000)

    result = render_recipe(recipe, Ingredients(**ingredients), out)

    assert near(Image.open(out / result.cover).convert("RGB").getpixel((90, 160)), RED, by=20)


def test_a_published_video_gets_a_strip_and_a_preview(tmp_path, out):
    recipe, ingredients = one(film(tmp_path / "a.mp4", seconds=4, size="180x320"), 4)
    result = render_recipe(recipe, Ingredients(**ingredients), out)
    films = {file.kind: out / file.name for file in result.files}

    extras = make_extras(films, out)

    assert Image.open(out / extras.strip).size == (900, 160)
    loop = next(file for file in extras.files if file.kind == "loop")
    assert probe(out / loop.name).seconds == pytest.approx(3, abs=0.2)
    assert not probe(out / loop.name).has_audio
    assert loop.size < 200_000


def test_a_long_video_is_also_a_stream(tmp_path, out):
    clip = coloured(tmp_path / "a.mp4", "red", seconds=62, tone=440, size="90x160")
    recipe, ingredients = one(clip, 62)
    result = render_recipe(recipe, Ingredients(**ingredients), out)

    extras = make_extras({file.kind: out / file.name for file in result.files}, out)

    stream = next(file for file in extras.files if file.kind == "hls")
    assert {file.kind for file in extras.files} >= {"loop", "hls", "540"}
    playlist = (out / stream.name).read_text()
    assert playlist.count("#EXT-X-STREAM-INF") == 3
    named = [line for line in playlist.splitlines() if line and not line.startswith("#")]
    assert set(named) < set(stream.parts)
    for name in named:
        words = (out / name).read_text()
        assert words.count("#EXTINF:4.0") >= 14
        inner = {line for line in words.splitlines() if line.endswith(".m4s")}
        assert inner < set(stream.parts)
    assert sum(1 for name in stream.parts if (out / name).exists()) == 6


# --- Memory ---------------------------------------------------------------------------------------


def test_large_clips_are_made_small_before_they_are_cut_together(tmp_path, out, monkeypatch):
    """Here few pixels are too many already; the cuts stay exact."""
    monkeypatch.setattr("videos.transcoding.reducing.MOST_PIXELS", 100_000)
    clips = {
        "red": coloured(tmp_path / "red.mp4", "red", tone=440),
        "blue": coloured(tmp_path / "blue.mp4", "blue"),
    }
    cuts = (Segment("red", 0, 1000), Segment("blue", 500, 1500, 2), Segment("red", 0, 500))

    result = render_recipe(Recipe(cuts), Ingredients(clips), out)

    assert result.seconds == pytest.approx(2)
    shown = out / result.files[0].name
    assert near(colour_at(shown, 29 / 30), RED)
    assert near(colour_at(shown, 31 / 30), BLUE)
    assert near(colour_at(shown, 1.7), RED)
    assert loudness(samples(shown), 1.1, 1.4) < 0.01


def test_where_memory_ends_the_machine_is_to_blame_not_the_film():
    words = "get_buffer() failed\nInvalid data found when processing input"

    assert refusal_of(FfmpegFailed(words)).code == "video.encode_failed"
    assert refusal_of(FfmpegFailed("Invalid data found")).code == "video.corrupt"
