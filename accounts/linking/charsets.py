"""Bytes of a page as text: what it says of itself is often wrong, and never trusted further than
to a plain character set."""

import codecs
import re

# Those that the web uses (Encoding Standard, section 4.2). Python's codecs know others that unpack
# or take quadratic time.
KNOWN = {
    *("utf-8", "utf-16-le", "utf-16-be", "utf-16", "ascii", "iso8859-1", "mac-roman", "tis-620"),
    *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)),
    *(f"cp{page}" for page in (866, 874, *range(1250, 1259))),
    *("koi8-r", "koi8-u", "gbk", "gb2312", "gb18030", "big5", "big5hkscs", "cp950", "cp949"),
    *("euc_jp", "shift_jis", "cp932", "iso2022_jp", "euc_kr"),
}
# Browsers read these names as their larger brothers (section 4.2).
_LARGER = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def decoded(content: bytes, content_type: str) -> str:
    """Never raises: the mark at the beginning, what the answer and the page say, UTF-8, and where
    nothing fits, letters of the west with signs for what cannot be read."""
    for name in _candidates(content, content_type):
        try:
            return content.decode(name)
        except UnicodeDecodeError as error:
            # What was cut in the middle of a letter is read up to there.
            if error.end >= len(content) - 4 and error.start > 0:
                return content[: error.start].decode(name, "replace")
    return content.decode("cp1252", "replace")


def _candidates(content: bytes, content_type: str) -> list[str]:
    marked = [name for mark, name in _MARKS.items() if content.startswith(mark)]
    said = [
        *(found.group(1) for found in [_HEADER.search(content_type)] if found),
        *(found.group(1).decode() for found in [_META.search(content[:2048])] if found),
    ]
    return [*marked, *filter(None, map(_known, said)), "utf-8"]


def _known(name: str) -> str:
    """Python's name of a character set that we read; empty for others."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return _LARGER.get(found, found) if found in KNOWN else ""
