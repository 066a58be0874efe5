"""Who writes to whom (R2, R3, R11 to R15), what a first message holds (R13), and how far words are
carried on (R17)."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, hidden, openly
from accounts.policy.conduct import MESSAGE, use
from accounts.policy.families import within_guard
from accounts.policy.people import (
    ADULT_AGE,
    EVERYONE,
    FOLLOWING,
    FRIENDS,
    MESSAGES_AGE,
    NO_ONE,
    Person,
    Relation,
)


def default_messages_from(age: int) -> str:
    """R2, R3: nobody writes to those under 18 until they themselves (from 16) say so."""
    return NO_ONE if age < ADULT_AGE else EVERYONE


def set_messages_from(person: Person, wanted: str) -> Refusal | None:
    """R2, told to the person themselves: under 16 the setting stays at "No one"; a guardian's is
    the widest there is (R30)."""
    if person.age < MESSAGES_AGE and wanted != NO_ONE:
        return openly("R2", _("Messages are not available for your account yet."))
    return within_guard(person, wanted)


def publish_sticker(person: Person) -> Refusal | None:
    """R7: what everybody may take is for adults to publish."""
    if person.is_minor:
        return openly("R7", _("You can publish stickers from 18 on."))
    return None


def may_use_messages(person: Person) -> Refusal | None:
    """R2, told to the person themselves: conversations do not exist under 16."""
    if person.age < MESSAGES_AGE:
        return openly("R2", _("Messages are not available for your account yet."))
    return None


def may_write(person: Person) -> Refusal | None:
    """R2 and R43, told to the person themselves: messages are there for them, and strikes keep them
    from none."""
    return may_use_messages(person) or use(person, MESSAGE)


def present(sender: Person, recipient: Person, relation: Relation) -> Refusal | None:
    """What holds for every message: R2 for both, active, no block (R15), not "No one" (R11), no
    limit by strikes (R43)."""
    if own := may_write(sender):
        return own
    if recipient.age < MESSAGES_AGE:
        return hidden("R2")
    if relation.blocked or not recipient.active:
        return hidden("R15")
    if recipient.reachable_by == NO_ONE:
        return hidden("R11")
    return None


_OPEN_TO: dict[str, Callable[[Relation], bool]] = {
    EVERYONE: lambda relation: True,
    FOLLOWING: lambda relation: relation.followed_by,
    FRIENDS: lambda relation: relation.friends,
    NO_ONE: lambda relation: False,
}


def start_direct(sender: Person, recipient: Person, relation: Relation) -> Refusal | None:
    """May `sender` open a conversation with `recipient`, or press on with an unanswered request?

    R2 age, R15 block, R11 the recipient's setting, R14 an adult and a minor only as friends.
    `relation` is the sender's towards the recipient.
    """
    if refusal := present(sender, recipient, relation):
        return refusal
    if not _OPEN_TO[recipient.reachable_by](relation):
        return hidden("R11")
    if recipient.is_minor and not sender.is_minor and not relation.friends:
        return hidden("R14")
    return None


def continue_direct(sender: Person, recipient: Person, relation: Relation) -> Refusal | None:
    """May `sender` write in a conversation that the recipient accepted?

    Acceptance outlives a narrower setting, but not "No one" (R11), a block (R15) or age (R2).
    """
    return present(sender, recipient, relation)


def is_request(relation: Relation) -> bool:
    """R12: whom the recipient does not follow lands in Requests. The sender's relation."""
    return not relation.followed_by


def first_request(*, is_plain: bool) -> Refusal | None:
    """R13: a first request is text without an outside link, or a public video; to a shop its own
    product."""
    if not is_plain:
        return openly(
            "R13", _("A first message can hold text or a public video, no links or files.")
        )
    return None


def waiting_request() -> Refusal:
    """R13: one message, then wait for an answer."""
    return openly("R13", _("Sent. You can write more once they accept."))


FORWARD_TARGETS = 5
FORWARD_HOPS = 5


def forward(*, hops: int, targets: int) -> Refusal | None:
    """R17: at most 5 places at a time; words that were forwarded 5 times go to one at a time."""
    if targets > FORWARD_TARGETS:
        return openly("R17", _("Forward to at most 5 conversations at a time."))
    if hops >= FORWARD_HOPS and targets > 1:
        return openly("R17", _("This was forwarded many times. It goes to one place at a time."))
    return None
