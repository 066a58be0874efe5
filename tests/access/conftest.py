"""What access tests borrow of the conversations': the hub, and a writer that lets go at the end."""

from tests.chat.conftest import close_writer, live_hub

__all__ = ["close_writer", "live_hub"]
