"""The header Upload-Checksum: `algorithm base64digest` of one request's bytes."""

import binascii
import hashlib
from base64 import b64decode
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

# md5 and crc32 find accidents too, but nobody should be taught to trust them.
ALGORITHMS = ("sha1", "sha256")


@dataclass(slots=True)
class Checksum:
    """Fed with the bytes as they come; says at the end whether they are what was sent."""

    expected: bytes
    running: Any

    @classmethod
    def read(cls, header: str) -> "Checksum":
        """`ValueError` for an algorithm that we do not know or a digest that is none."""
        algorithm, _space, digest = header.strip().partition(" ")
        if algorithm not in ALGORITHMS:
            raise ValueError(f"no such algorithm: {algorithm!r}")
        running = hashlib.new(algorithm, usedforsecurity=False)
        try:
            expected = b64decode(digest, validate=True)
        except binascii.Error as error:
            raise ValueError("no Base64") from error
        if len(expected) != running.digest_size:
            raise ValueError("a digest of another length")
        return cls(expected, running)

    def add(self, chunk: bytes) -> None:
        self.running.update(chunk)

    @property
    def matches(self) -> bool:
        return compare_digest(self.running.digest(), self.expected)
