"""What becomes of an uploaded file: names of files in a folder, and what a card tells of them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Prepared:
    """`file` and `thumb` (it may be the same) lie in the folder; size in pixels as shown."""

    file: str
    thumb: str = ""
    blur: str = ""
    width: int = 0
    height: int = 0
    seconds: float = 0
    waveform: list[int] = field(default_factory=list)
