"""How a WebSocket opens (RFC 6455, 4.1)."""

from tests.bench.load import Step

BODY = "{mark}" + " a message of a usual length, as people write them to friends"


def upgrade(path: str, **headers: str) -> Step:
    """The request that opens a WebSocket at this path; compression is not offered."""
    asked = {
        "Host": "localhost",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        # The example of RFC 6455, 1.3: the floor knows only its answer.
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        **headers,
    }
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items())]
    return Step("\r\n".join([*lines, "", ""]), expect="\r\n\r\n")
