"""What strikes keep somebody from for a time (R43), and what is suggested to who decides."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, openly
from accounts.policy.people import Person

POST, COMMENT, MESSAGE, FOLLOW, LIVE = "post", "comment", "message", "follow", "live"

FEATURES: dict[str, str | Promise] = {
    POST: _("Post videos"),
    COMMENT: _("Comment"),
    MESSAGE: _("Write messages"),
    FOLLOW: _("Follow people"),
    LIVE: _("Go live"),
}

_SENTENCES: dict[str, str | Promise] = {
    POST: _("You cannot post for now. Settings, Decisions says why, and until when."),
    COMMENT: _("You cannot comment for now. Settings, Decisions says why, and until when."),
    MESSAGE: _("You cannot write messages for now. Settings, Decisions says why, and until when."),
    FOLLOW: _("You cannot follow people for now. Settings, Decisions says why, and until when."),
    LIVE: _("You cannot go live for now. Settings, Decisions says why, and until when."),
}


def limited_now(limits: Mapping[str, str], now: datetime) -> frozenset[str]:
    """Which features are taken from somebody at this moment, of `{feature: until}` with the times
    as ISO 8601: a limit ends by itself, whatever became of the job that lifts it."""
    if not limits:
        return frozenset()
    return frozenset(name for name, until in limits.items() if datetime.fromisoformat(until) > now)


def use(person: Person, feature: str) -> Refusal | None:
    """R43, told to the person themselves: may they do this, strikes considered?"""
    if feature in person.limited:
        return openly("R43", _SENTENCES[feature])
    return None


# --- The ladder -----------------------------------------------------------------------------------

# By the number of strikes that count already: what a moderator is offered first. Each step leaves
# room to do better before the next; a decision is always a person's, never the ladder's.
LADDER: tuple[tuple[str, int], ...] = (
    ("warn", 0),
    ("limit", 3),
    ("limit", 7),
    ("suspend", 7),
    ("suspend", 30),
    ("ban", 0),
)
GRAVE = 8  # severity from which on the first strike is no warning any more
GRAVE_STEP = 3


def suggested(strikes: int, severity: int) -> tuple[str, int]:
    """R43: the act and its days that fit somebody with so many strikes that count, for a breach of
    this severity (1 to 10)."""
    step = max(strikes, GRAVE_STEP) if severity >= GRAVE else strikes
    return LADDER[min(step, len(LADDER) - 1)]
