"""WebVTT (W3C Candidate Recommendation of 4 April 2019), as far as text in time goes, and the older
SubRip, which differs in its commas and has no first line."""

import html
from collections.abc import Iterable, Iterator

from videos.subtitles.cue import Cue, make_cue, plain
from videos.subtitles.refusals import BadSubtitles
from videos.subtitles.times import clock, milliseconds

MOST_BYTES = 512 * 1024
ARROW = "-->"
# Blocks that say how it looks, or nothing at all.
_ASIDE = ("NOTE", "STYLE", "REGION")

Block = list[tuple[int, str]]  # lines with their numbers, from 1


def parse_webvtt(content: bytes) -> list[Cue]:
    """The cues of a file in its order, styling and places left out.

    Raises `BadSubtitles`, which names the line where there is one: subtitles.too_large, .encoding,
    .header, .time, .untimed, .blank, .order, .too_long.
    """
    if len(content) > MOST_BYTES:
        raise BadSubtitles("subtitles.too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadSubtitles("subtitles.encoding") from None
    blocks = list(_blocks(text))
    if blocks and _is_head(blocks[0]):
        blocks.pop(0)
    elif not blocks or not _is_timed(blocks[0]):
        raise BadSubtitles("subtitles.header", line=1)
    return [_cue(block) for block in blocks if not _is_aside(block)]


def write_webvtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file of these cues."""
    written = (
        f"{clock(cue.from_ms)} {ARROW} {clock(cue.to_ms)}\n{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "\n".join(["WEBVTT\n", *written])


def _blocks(text: str) -> Iterator[Block]:
    """What empty lines part."""
    block: Block = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_head(block: Block) -> bool:
    return block[0][1].split()[:1] == ["WEBVTT"]


def _is_timed(block: Block) -> bool:
    return any(ARROW in line for _number, line in block[:2])


def _is_aside(block: Block) -> bool:
    return block[0][1].split()[0] in _ASIDE and not _is_timed(block[:1])


def _cue(block: Block) -> Cue:
    """Before the times there may be one line with a name."""
    times = 0 if ARROW in block[0][1] else 1
    if not _is_timed(block):
        raise BadSubtitles("subtitles.untimed", line=block[0][0])
    number, line = block[times]
    from_ms, to_ms = _times(line, number)
    text = plain("\n".join(words for _number, words in block[times + 1 :]))
    return make_cue(from_ms, to_ms, text, line=number)


def _times(line: str, number: int) -> tuple[int, int]:
    """What follows the second time says where on the picture it stands: left out."""
    start, _arrow, rest = line.partition(ARROW)
    from_ms, to_ms = milliseconds(start), milliseconds((rest.split() or [""])[0])
    if from_ms is None or to_ms is None:
        raise BadSubtitles("subtitles.time", line=number)
    return from_ms, to_ms
