"""What moderators do about links: hosts of which nothing is shown, and single cards."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import audit
from accounts.linking import blocking, keeping
from accounts.linking.targets import own_hosts, target
from accounts.models import LinkBlock, LinkCard, User
from accounts.outbox import enqueue

BATCH = 200
_SEPARATORS = re.compile(r"[\s,;]+")


def hosts_in(text: str) -> list[str]:
    """The hosts of a list as people keep them: names or addresses, one a line or between commas,
    `*.` before them or not, words behind a # left out. Raises `ValidationError` (link_block.host).
    """
    lines = (line.partition("#")[0] for line in text.splitlines())
    given = [word for line in lines for word in _SEPARATORS.split(line) if word]
    return list(dict.fromkeys(map(_host, given)))


def _host(given: str) -> str:
    found = target(given if "://" in given else f"https://{given.removeprefix('*.').strip('.')}")
    if found is None or "." not in found.host or found.host in own_hosts():
        raise ValidationError(
            _("“%(host)s” is no host of somebody else's."),
            code="link_block.host",
            params={"host": given[:100]},
        )
    return found.host


@transaction.atomic
def block_hosts(actor: User | None, hosts: Iterable[str], *, reason: str = "") -> int:
    """Show nothing of these hosts, as `hosts_in` gives them, nor of those below them: at once of
    what is written from now on, of what stands by a job. Answers how many were not blocked yet."""
    new = sorted(set(hosts) - set(LinkBlock.objects.values_list("host", flat=True)))
    LinkBlock.objects.bulk_create(
        (LinkBlock(host=host, reason=reason, blocked_by=actor) for host in new),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    if new:
        blocking.changed(new)
        enqueue("accounts.apply_link_blocks")
        audit.record(actor, "hosts.blocked", hosts=new[:BATCH], number=len(new))
    return len(new)


def apply_link_blocks(after: str = "") -> None:
    """Take away the cards that stand for blocked hosts, a batch for each job; from the host that
    follows `after` on."""
    shown = LinkCard.objects.exclude(state=LinkCard.State.BLOCKED)
    rest = shown.filter(host__gt=after).order_by("host").values_list("host", flat=True)
    hosts = list(rest.distinct()[:BATCH])
    blocked = shown.filter(host__in=LinkBlock.objects.blocked_among(hosts))
    batch = list(blocked.values_list("pk", flat=True)[:BATCH])
    for card_id in batch:
        keeping.take_away(card_id, "blocked")
    if len(batch) == BATCH:
        enqueue("accounts.apply_link_blocks", after=after)
    elif len(hosts) == BATCH:
        enqueue("accounts.apply_link_blocks", after=hosts[-1])


@transaction.atomic
def unblock_hosts(actor: User, blocks: QuerySet[LinkBlock]) -> int:
    """Show what lies there again: each address once somebody writes it again."""
    hosts = list(blocks.values_list("host", flat=True))
    blocks.delete()
    blocking.changed()
    for host in hosts:
        hidden = LinkCard.objects.of_host(host).filter(failure="blocked")
        hidden.update(state=LinkCard.State.NONE, expires_at=None)
    audit.record(actor, "hosts.unblocked", hosts=hosts[:BATCH], number=len(hosts))
    return len(hosts)


@transaction.atomic
def remove_link_card(actor: User, card: LinkCard) -> None:
    """Show nothing of this one address until a moderator has it fetched again."""
    keeping.take_away(card.pk, "removed")
    audit.record(actor, "link.removed", kind="link", object_id=card.pk)


@transaction.atomic
def refetch_link_card(actor: User, card: LinkCard) -> bool:
    """Look at the address again, now; False where its host is blocked."""
    if LinkBlock.objects.covering(card.host).exists():
        return False
    unknown = LinkCard.objects.filter(pk=card.pk).exclude(state=LinkCard.State.READY)
    unknown.update(state=LinkCard.State.NEW)
    LinkCard.objects.filter(pk=card.pk).update(expires_at=None, etag="")
    enqueue("accounts.fetch_link", card_id=str(card.pk))
    audit.record(actor, "link.refetched", kind="link", object_id=card.pk)
    return True
