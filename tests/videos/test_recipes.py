"""Edits as data: what is understood, what is refused and by which path, what goes back to JSON."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from videos.recipes import (
    FILTERS,
    Layout,
    LayoutKind,
    Music,
    Recipe,
    Segment,
    Text,
    of_clips,
    parse,
)
from videos.recipes.fields import SENTENCES
from videos.recipes.filters import CUBE_SIZE, cube

CLIP, OTHER = str(UUID(int=1)), str(UUID(int=2))
SEGMENT = {"clip": CLIP, "in_ms": 0, "out_ms": 4000, "speed": 1}
TEXT = {"text": "hello", "from_ms": 0, "to_ms": 3000}
FULL: dict[str, Any] = {
    "segments": [SEGMENT, {"clip": OTHER, "in_ms": 500, "out_ms": 2500, "speed": 2}],
    "filter": "warm",
    "texts": [
        TEXT | {"x": 0.5, "y": 0.3, "size": 0.06, "colour": "#ffcc00", "style": "box"},
    ],
    "music": {
        "sound": OTHER,
        "start_ms": 8000,
        "volume": 0.8,
        "fade_in_ms": 0,
        "fade_out_ms": 500,
    },
    "volume": 0.3,
    "cover_ms": 1200,
    "layout": {"kind": "stitch", "video": CLIP, "in_ms": 0, "out_ms": 5000},
}


def with_field(path: str, value: Any) -> dict[str, Any]:
    """The full recipe with one field changed."""
    changed = json.loads(json.dumps(FULL))
    place: Any = changed
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        place = place[step]
    place[last] = value
    return changed


def refusal(value: Any) -> dict[str, list[str]]:
    """What is wrong: codes by path."""
    with pytest.raises(ValidationError) as caught:
        parse(value)
    return {
        path: [one.code or "" for one in wrong] for path, wrong in caught.value.error_dict.items()
    }


# --- What is understood ---------------------------------------------------------------------------


def test_a_full_recipe_is_understood():
    recipe = parse(FULL)

    assert recipe == Recipe(
        segments=(Segment(CLIP, 0, 4000, 1), Segment(OTHER, 500, 2500, 2)),
        filter="warm",
        texts=(Text("hello", 0, 3000, 0.5, 0.3, 0.06, "#ffcc00", "box"),),
        music=Music(OTHER, 8000, 0.8, 0, 500),
        volume=0.3,
        cover_ms=1200,
        layout=Layout(LayoutKind.STITCH, CLIP, 0, 5000),
    )


def test_what_is_written_is_what_was_read():
    assert parse(FULL).as_json() == FULL
    assert json.loads(json.dumps(parse(FULL).as_json())) == FULL


def test_all_but_the_segments_may_be_left_out():
    recipe = parse({"segments": [{"clip": CLIP, "out_ms": 1000}]})

    assert recipe == of_clips([(CLIP, 1000)])
    assert recipe.keeps_sound
    assert recipe.is_one_segment


def test_a_duet_has_no_stretch():
    duet = with_field("layout", {"kind": "duet", "video": CLIP})

    assert parse(duet).as_json()["layout"] == {"kind": "duet", "video": CLIP}


def test_length_counts_speed_and_the_stitched_stretch():
    assert parse(FULL).milliseconds == 4000 + 1000 + 5000
    assert parse(with_field("segments.1.speed", 0.5)).milliseconds == 4000 + 4000 + 5000


def test_recipes_that_differ_in_sound_alone_share_their_picture():
    quiet = parse(with_field("volume", 0.1))
    unscored = parse(with_field("music", None))
    moved = parse(with_field("texts.0.x", 0.2))

    assert quiet.with_plain_sound() == unscored.with_plain_sound()
    assert quiet.with_plain_sound() != moved.with_plain_sound()


def test_characters_that_steer_are_no_text():
    assert parse(with_field("texts.0.text", "a\x00b\x07 \n c")).texts[0].text == "ab\nc"


# --- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("segments", [], "recipe.empty"),
        ("segments", "all", "recipe.shape"),
        ("segments", [SEGMENT] * 21, "recipe.too_many"),
        ("segments.0", 5, "recipe.shape"),
        ("segments.0.clip", "1; drop", "recipe.id"),
        ("segments.0.clip", None, "recipe.id"),
        ("segments.0.in_ms", -1, "recipe.range"),
        ("segments.0.in_ms", True, "recipe.number"),
        ("segments.0.in_ms", float("nan"), "recipe.number"),
        ("segments.0.out_ms", float("inf"), "recipe.range"),
        ("segments.0.out_ms", "4000", "recipe.number"),
        ("segments.0.out_ms", 99, "recipe.too_short"),
        ("segments.1.out_ms", 650, "recipe.too_short"),
        ("segments.0.speed", 1.5, "recipe.choice"),
        ("segments.0.speed", True, "recipe.choice"),
        ("segments.0.zoom", 2, "recipe.unknown"),
        ("filter", "sharpen", "recipe.choice"),
        ("filter", ["warm"], "recipe.choice"),
        ("texts", [TEXT] * 21, "recipe.too_many"),
        ("texts.0.text", "x" * 121, "recipe.text_too_long"),
        ("texts.0.text", 7, "recipe.shape"),
        ("texts.0.to_ms", 50, "recipe.too_short"),
        ("texts.0.x", 1.01, "recipe.range"),
        ("texts.0.size", 0.5, "recipe.range"),
        ("texts.0.colour", "red", "recipe.colour"),
        ("texts.0.colour", "#fff':x=1", "recipe.colour"),
        ("texts.0.style", "3d", "recipe.choice"),
        ("music.sound", "../../etc/passwd", "recipe.id"),
        ("music.volume", 1.5, "recipe.range"),
        ("music.fade_out_ms", 10_001, "recipe.range"),
        ("volume", -0.1, "recipe.range"),
        ("cover_ms", "first", "recipe.number"),
        ("layout.kind", "collage", "recipe.choice"),
        ("layout.out_ms", 5001, "recipe.range"),
        ("layout.out_ms", 0, "recipe.range"),
        ("sparkle", True, "recipe.unknown"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(path, value, code):
    assert refusal(with_field(path, value)) == {path: [code]}


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_what_is_no_object_is_no_recipe(value):
    assert refusal(value) == {"recipe": ["recipe.shape"]}


def test_everything_wrong_is_told_at_once():
    value = with_field("volume", 9) | {"filter": "x"}

    assert refusal(value) == {"volume": ["recipe.range"], "filter": ["recipe.choice"]}


def test_a_missing_field_is_missing_not_wrong():
    assert refusal({"segments": [{"clip": CLIP}]}) == {"segments.0.out_ms": ["recipe.empty"]}


def test_three_minutes_are_the_end(settings):
    slow = with_field("segments.0.speed", 0.3) | {"layout": None}

    assert refusal(with_field("segments.0.out_ms", 180_000)) == {"segments": ["recipe.too_long"]}
    slow["segments"][0]["out_ms"] = 60_000
    assert refusal(slow) == {"segments": ["recipe.too_long"]}


def test_every_refusal_has_a_sentence():
    assert all(str(sentence).endswith(".") for sentence in SENTENCES.values())


# --- Looks ----------------------------------------------------------------------------------------


def test_every_look_is_a_css_filter_and_a_cube():
    assert FILTERS["none"].css == "none"
    assert FILTERS["warm"].css == "sepia(0.28) saturate(1.3) brightness(1.04)"
    assert "hue-rotate(-10deg)" in FILTERS["cool"].css
    for name in FILTERS:
        lines = cube(name).splitlines()
        assert len(lines) == 1 + CUBE_SIZE**3
        values = [float(word) for line in lines[1:] for word in line.split()]
        assert min(values) >= 0
        assert max(values) <= 1


def test_grey_stays_grey_and_mono_makes_grey():
    assert FILTERS["vivid"].colour((0.5, 0.5, 0.5)) == pytest.approx((0.5, 0.5, 0.5), abs=1e-3)
    red, green, blue = FILTERS["mono"].colour((1, 0, 0))
    assert red == green == blue == pytest.approx(0.213)
