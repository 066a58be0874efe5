"""The demo's clips: one for every post, moving and sounding, in a form that is copied."""

import av
import pytest

from config.demo import clips
from config.demo.films import FILMS
from config.demo.scenes import SCENES
from videos.transcoding import probe

KEYS = [film.key for film in FILMS]


@pytest.fixture
def without_samples(settings, tmp_path, monkeypatch):
    settings.MEDLEY_DATA = tmp_path
    monkeypatch.setattr("config.demo.samples.find_spec", lambda name: None)


def test_every_post_has_a_cut_and_a_scene():
    assert list(clips.CUTS) == KEYS
    assert list(SCENES) == KEYS


def test_cuts_last_six_to_fourteen_seconds():
    assert [key for key, cut in clips.CUTS.items() if not 6 <= cut.length <= 14] == []


def test_every_clip_is_described_by_what_it_shows(without_samples):
    assert clips.describe("coffee") == "A steaming cup at an open window"
    assert len({clips.describe(key) for key in KEYS}) == 10


@pytest.mark.parametrize("key", ["butterfly", "firstline"])
def test_a_clip_is_invented_where_no_film_is(without_samples, tmp_path, monkeypatch, key):
    monkeypatch.setattr(clips, "SECONDS", 1.0)
    clip = tmp_path / "clip.mp4"

    clips.make_clip(key, clip)

    facts = probe(clip)
    assert (facts.width, facts.height) == (720, 1280)
    assert facts.conforms
    assert facts.sound_conforms
    assert moves(clip)


def moves(clip) -> bool:
    with av.open(str(clip)) as container:
        first, *_, last = (bytes(frame.planes[0]) for frame in container.decode(video=0))
    return first != last
