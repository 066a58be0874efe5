"""Text frames of a WebSocket client, read in bulk: the plain ones only (RFC 6455, section 5.2)."""

FINAL_TEXT = 0x81  # FIN set, no reserved bit, opcode 1
MASKED = 0x80
LENGTH_IN_TWO_BYTES, LENGTH_IN_EIGHT_BYTES = 126, 127
SHORTEST_FRAME = 6  # bytes: two of header, four of mask


def leading_texts(data: bytes, limit: int) -> tuple[list[str], int]:
    """The whole, final, masked text frames that `data` begins with, and how many bytes they take.

    Stops in front of anything else, for a complete reader to judge: control frames and fragments,
    reserved bits, no mask, more than `limit` bytes, a length not written the shortest way, invalid
    UTF-8, or a frame that has not arrived whole.
    """
    texts: list[str] = []
    at, size = 0, len(data)
    while size - at >= SHORTEST_FRAME and data[at] == FINAL_TEXT:
        start, end = _payload_at(data, at)
        if not start or end > size or end - start > limit:
            break
        try:
            texts.append(_unmasked(data[start - 4 : start], data[start:end]).decode())
        except UnicodeDecodeError:
            break
        at = end
    return texts, at


def _payload_at(data: bytes, at: int) -> tuple[int, int]:
    """Where the payload of the frame at `at` begins and ends; (0, 0) for one that is not plain."""
    length = data[at + 1] - MASKED
    if 0 <= length < LENGTH_IN_TWO_BYTES:
        start = at + 6
        return start, start + length
    if length == LENGTH_IN_TWO_BYTES:
        length = data[at + 2] << 8 | data[at + 3]
        start = at + 8
        if length >= LENGTH_IN_TWO_BYTES:
            return start, start + length
    return 0, 0


def _unmasked(mask: bytes, payload: bytes) -> bytes:
    """XOR with the repeated mask, as two big integers: without a loop in Python."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    plain = int.from_bytes(payload, "little") ^ int.from_bytes(key, "little")
    return plain.to_bytes(size, "little")
