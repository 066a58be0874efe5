"""`make bench-feed`: how well the feed's ranking finds again what people liked next.

MovieLens-100k, of GroupLens at the University of Minnesota, as the package recbole carries it as
an example: downloaded, read and thrown away. Ratings of 4 and 5 are likes; each person's last 20%
by time are hidden. Exits 1 where recall@20 is below 0.22, popularity or ALS.
"""

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "recbole==1.2.1"
SHA256 = "f00a94be7bf1c62d7cb5ac52bdd7c6355a499b1eb7e05d652f110fffa9a9d0a8"
INSIDE = "recbole/dataset_example/ml-100k/ml-100k.inter"
LIKED = 4.0
HIDDEN = 0.2
TARGET = 0.22


def likes(folder: Path) -> dict[str, list[tuple[float, str]]]:
    """By person, (time, item) of what they liked, the oldest first."""
    wanted = folder / "requirements.txt"
    wanted.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-binary", "recbole", "--require-hashes"]
    subprocess.run(
        [*pip, *options, "--dest", str(folder), "--requirement", str(wanted)],
        check=True,
        timeout=300,
    )
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        name = next(one for one in archive.getnames() if one.endswith(INSIDE))
        content = archive.extractfile(name)
        lines = content.read().decode().splitlines()[1:] if content else []
    found: dict[str, list[tuple[float, str]]] = {}
    for user, item, rating, at in (line.split("\t") for line in lines):
        if float(rating) >= LIKED:
            found.setdefault(user, []).append((float(at), item))
    # By time alone: what was rated in one second stays as the file has it.
    return {user: sorted(liked, key=lambda one: one[0]) for user, liked in found.items()}


def main() -> int:
    """Prints a line for each ranking; the exit code."""
    import django

    django.setup()
    from videos.feed.evaluation import evaluate
    from videos.feed.interactions import Interactions, Watched

    known, hidden = [], {}
    with tempfile.TemporaryDirectory(prefix="medley-movielens-") as folder:
        people = likes(Path(folder))
    for user, liked in people.items():
        kept = len(liked) - int(len(liked) * HIDDEN)
        known += [Watched(user, item, at) for at, item in liked[:kept]]
        hidden[user] = {item for _at, item in liked[kept:]}
    recalls = {}
    for result in evaluate(Interactions.of(known), hidden):
        print(f"{result.name}: {result.quality}", flush=True)
        recalls[result.name] = result.quality.recall
    ours, *_others = recalls.values()
    wanted = max(TARGET, recalls["popularity"], recalls["als"])
    is_reached = ours >= wanted
    print(f"recall@20 {ours:.4f}, wanted {wanted:.4f}: {'ok' if is_reached else 'MISSED'}")
    return 0 if is_reached else 1


if __name__ == "__main__":
    sys.exit(main())
