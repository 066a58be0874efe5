"""The bug of tests/chaos/planted.py: it holds when the checker catches it."""

from tests.chaos import stack
from tests.chaos.stage import Stage


async def ack_before_commit(stage: Stage) -> None:
    """Serve with a writer that acks what it sometimes loses."""
    await stage.stack.serve_with(stack.PLANTED)
    await stage.load.wait_until(stage.load.all_open, 30)
    await stage.last(10)
