"""What a guardian tightened for a teenager (R30), and how long a day is (R9)."""

from dataclasses import dataclass

from accounts.policy.quiet import Hours


@dataclass(frozen=True, slots=True)
class Ward:
    """What a guardian tightened; None, and `search` as it is, where nothing was said.

    `messages_from` narrows who may write, `quiet` adds hours without a push, `minutes` bounds the
    day, `restricted` hides what is not for everybody, `search` False takes the search away. It
    never loosens: of this and the teenager's own setting the stricter holds.
    """

    messages_from: str | None = None
    quiet: Hours | None = None
    minutes: int | None = None
    restricted: bool = False
    search: bool = True
