"""What people uploaded before a list was imported: looked at by a job, a batch after the other."""

from uuid import UUID

from accounts.outbox import enqueue
from accounts.ports import screened

# Each is decoded: a second for a batch of pictures, half a minute for one of films.
TOGETHER = 20


def look_at_all() -> None:
    """Begin with every entrance; call it in the transaction that imports."""
    for entrance in screened():
        enqueue("accounts.screen_stock", entrance=entrance, after="")


def look_on(entrance: str, after: str) -> None:
    """Look at the next ones behind `after`, take away what is known, and have the rest go on."""
    stored = screened()[entrance]
    keys = list(stored.batch(UUID(after) if after else None, TOGETHER))
    for key in keys:
        stored.look_again(key)
    if len(keys) == TOGETHER:
        enqueue("accounts.screen_stock", entrance=entrance, after=str(keys[-1]))
