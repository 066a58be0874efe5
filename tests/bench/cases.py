"""What is measured: how many people, how many messages at a time, or how many a second."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A load. Each room has `members`, of whom `senders` take turns.

    `window` messages are outstanding in each room (one is done when every member has it); where it
    is 0, `rate` messages a second are sent in all.
    """

    name: str
    members: int = 32
    rooms: int = 1
    senders: int = 1
    window: int = 0
    rate: float = 0.0

    @property
    def people(self) -> int:
        """Connections in all."""
        return self.members * self.rooms


TWO_PROCESSES = Case("two-processes", window=32, senders=8)
LOADS = (
    Case("32/W4", window=4),
    Case("32/W32x8", window=32, senders=8),
    Case("32/W128x16", window=128, senders=16),
    Case("500/W4", members=500, window=4),
    Case("62x32", rooms=62, window=1),
    Case("rate-20", rate=20),
    Case("rate-100", rate=100),
    TWO_PROCESSES,
)
# What is no load: one commit after the other, memory, and everybody's return at once.
COMMIT = Case("commit", members=0)
IDLE = Case("idle", rooms=40, members=25)
RESUME = Case("resume-1000", rooms=40, members=25)
# Pages over ten million messages (MESSAGES= for fewer): making them takes longer than the rest.
CONVERSATION = Case("conversation", members=0)
# Feeds over a million videos and twenty million watch events (VIDEOS= for fewer).
FEED = Case("feed", members=0)
# Videos prepared, on every core: nothing beside it would be measured rightly.
ENCODING = Case("encoding", members=0)
# What people are told of, on open pages and on their devices, and a post that many are told of.
NOTIFICATIONS = Case("notifications", members=0)
# The moderators' queue with 100,000 cases open (CASES= for fewer).
MODERATION = Case("moderation", members=0)
# Orders placed, on variants of their own and by a crowd for the last pieces of one.
CHECKOUT = Case("checkout", members=0)
# What apps ask most, beside views that do nothing (MESSAGES= and VIDEOS= say over how much).
REST = Case("rest", members=0)
ONLY_BY_NAME = (CONVERSATION, FEED, ENCODING, NOTIFICATIONS, MODERATION, CHECKOUT, REST)

CASES = {case.name: case for case in (*LOADS, COMMIT, IDLE, RESUME, *ONLY_BY_NAME)}
MOST_PEOPLE = max(case.people for case in CASES.values())
