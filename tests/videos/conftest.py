"""One real film for all tests of videos: made once, a second long."""

from pathlib import Path

import pytest

from tests.videos.films import film


@pytest.fixture(scope="session")
def walk(tmp_path_factory) -> Path:
    """A film of one second that any phone could have sent."""
    return film(tmp_path_factory.mktemp("walk") / "walk.mp4")


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Each test has a media folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
