"""Frames as WebSocket clients write them (RFC 6455, section 5.2), right or wrong as told."""

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
MASK = b"\x07\xf0*\x99"


def frame(
    payload: bytes, opcode: int = TEXT, *, fin: bool = True, rsv: int = 0, mask: bytes | None = MASK
) -> bytes:
    """One frame of a client; `rsv` is 4 for a compressed one, no `mask` is against the rules."""
    header = bytes((fin << 7 | rsv << 4 | opcode,)) + _length(len(payload), masked=bool(mask))
    return header + mask + masked(payload, mask) if mask else header + payload


def masked(payload: bytes, mask: bytes) -> bytes:
    """XOR with the mask, byte by byte as the RFC has it; quickly, in four strides."""
    said = bytearray(payload)
    for n, key in enumerate(mask):
        said[n::4] = said[n::4].translate(bytes(byte ^ key for byte in range(256)))
    return bytes(said)


def _length(size: int, *, masked: bool) -> bytes:
    bit = 0x80 if masked else 0
    if size < 126:
        return bytes((bit | size,))
    if size < 65_536:
        return bytes((bit | 126,)) + size.to_bytes(2, "big")
    return bytes((bit | 127,)) + size.to_bytes(8, "big")
