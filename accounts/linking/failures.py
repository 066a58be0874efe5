"""Why there is nothing to show of an address, and when to come back."""

from datetime import datetime

PASSING = frozenset({"too_slow", "unreachable", "not_now"})


class Failure(Exception):
    """`code` is kept with the card, for moderators: nobody else learns why.

    too_slow, unreachable, not_now (the host says so, or its robots.txt could not be had): it may be
    better soon. address, not_public, blocked, robots, redirects, status_<n>, type, too_large,
    empty: it will hardly be.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def is_passing(self) -> bool:
        """Whether what was shown until now may stand until the next look."""
        return self.code in PASSING


class Busy(Exception):
    """Somebody else is just visiting the host: `until` is one's own turn."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until
