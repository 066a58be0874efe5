"""Text frames in bulk: exactly what autobahn would have read, and nothing else."""

import os
from itertools import pairwise
from typing import Any

import pytest
from daphne.ws_protocol import WebSocketProtocol
from hypothesis import example, given, settings
from hypothesis import strategies as st

from config.masked_frames import leading_texts
from config.raw_websocket import LineProtocol
from tests.config.connections import LIMIT, opened, said
from tests.websocket_frames import BINARY, CLOSE, CONTINUATION, PING, TEXT, frame


class AutobahnOnly(LineProtocol):
    """The same connection without the short cut for what comes in."""

    dataReceived = WebSocketProtocol.dataReceived


def in_pieces(text: bytes, end: bytes, between: list[bytes]) -> bytes:
    """A fragmented message with other frames after its first piece; `end` is its last payload."""
    first = frame(text, fin=False)
    return first + b"".join(between) + frame(end, CONTINUATION)


def long_winded(size: int, width: int) -> bytes:
    """A text whose length is written in more bytes than it needs."""
    length = {2: b"\xfe", 8: b"\xff"}[width] + size.to_bytes(width, "big")
    return b"\x81" + length + b"\0\0\0\0" + b"x" * size


sizes = st.sampled_from([0, 1, 2, 124, 125, 126, 127, 300, LIMIT, LIMIT + 1])
texts = st.text(max_size=40).map(str.encode)
payloads = st.one_of(texts, texts, sizes.map(os.urandom), sizes.map(lambda size: b"x" * size))
masks = st.binary(min_size=4, max_size=4)
plain = st.builds(frame, payloads, mask=masks)
pings = st.builds(frame, texts.map(lambda text: text[:125]), st.just(PING))
odd = st.builds(
    frame,
    payloads,
    st.sampled_from([0, TEXT, TEXT, BINARY, 3, CLOSE, PING, 10, 11]),
    fin=st.booleans(),
    rsv=st.sampled_from([0, 0, 0, 0, 4, 1]),
    mask=st.one_of(masks, masks, st.none()),
)
pieces = st.builds(in_pieces, texts, texts, st.lists(st.one_of(pings, plain), max_size=2))
wordy = st.builds(long_winded, st.sampled_from([0, 100, 125, 126]), st.sampled_from([2, 8]))
streams = st.lists(st.one_of(plain, plain, pings, pieces, odd, wordy), max_size=12).map(b"".join)
cuts = st.lists(st.one_of(st.integers(0, 60), st.integers(0, 4000)), max_size=8)
# Cut after the first byte, or after the header, the rest of these looks like a whole frame.
DECEPTIVE = frame(b"x", mask=b"\x80abc")
DECEPTIVE_PING = frame(b"\x81\x80mask", PING, mask=b"\0\0\0\0")


def outcome(kind: type[LineProtocol], chunks: list[bytes]) -> dict[str, Any]:
    """All that can be seen of a connection that received these chunks."""
    protocol = opened(kind)
    transport = protocol.transport
    transport.clear()
    for chunk in chunks:
        protocol.dataReceived(chunk)
    return {
        "said": said(protocol),
        "written": transport.value(),
        "state": protocol.state,
        "code": protocol.localCloseCode,
        "lost": (transport.disconnecting, transport.disconnected),
    }


@settings(max_examples=300, deadline=None)
@given(streams, cuts)
@example(in_pieces(b"in", b"pieces", [frame(b"between")]), [8])
@example(DECEPTIVE, [1])
@example(DECEPTIVE_PING, [6])
def test_every_stream_is_read_as_autobahn_reads_it(stream, cuts):
    marks = sorted({0, *(cut for cut in cuts if cut < len(stream)), len(stream)})
    chunks = [stream[start:end] for start, end in pairwise(marks)]

    assert outcome(LineProtocol, chunks) == outcome(AutobahnOnly, chunks)


@given(st.lists(st.text(), max_size=20), masks)
def test_whole_texts_are_read_at_once(words, mask):
    stream = b"".join(frame(word.encode(), mask=mask) for word in words)

    assert leading_texts(stream, 65535) == (words, len(stream))


@pytest.mark.parametrize(
    "other",
    [
        frame(b"x", fin=False),
        frame(b"x", rsv=4),
        frame(b"x", BINARY),
        frame(b"x", PING),
        frame(b"x", mask=None),
        frame(b"\xff"),
        frame(b"\xed\xa0\x80"),  # half of a surrogate pair
        frame(b"x" * (LIMIT + 1)),
        frame(b"whole")[:-1],
        b"\x81\xfe\x00\x01\0\0\0\0x",  # a length of 1 in two bytes
    ],
)
def test_anything_else_is_left_to_autobahn(other):
    first = frame(b"first")

    assert leading_texts(first + other + frame(b"last"), LIMIT) == (["first"], len(first))
