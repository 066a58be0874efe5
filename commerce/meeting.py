"""Where people meet products, and whose merit that is: the last touch holds for seven days.

Addresses say it in `?via=`: `v:<video>`, `t:<conversation>`, `c:<channel's conversation>`,
`p:<username>` or `s` (search). What is said there is checked: nobody earns by an address that they
made up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from accounts.ports import last_sending
from accounts.reading import ANY_TIME, ByKey
from commerce.models import Product, ProductTag, Shop, ShowcaseItem, Source, Touch
from videos.models import Video

Kind = Source.Kind

VIDEO, TALK, CHANNEL, PROFILE, SEARCH = "v", "t", "c", "p", "s"
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Met:
    """Where a product was met: the columns of a `Source`. `conversation` is the id of one of
    chat's, `creator_id` whoever showed the product there."""

    source: str = Kind.DIRECT
    video_id: UUID | None = None
    conversation: UUID | None = None
    creator_id: UUID | None = None

    @classmethod
    def of(cls, row: Source) -> Self:
        """What a touch, a cart's or an order's line remembers."""
        return cls(row.source, row.video_id, row.conversation, row.creator_id)

    @property
    def columns(self) -> dict[str, Any]:
        """As a `Source` stores it: `CartLine(..., **met.columns)`."""
        return {
            "source": self.source,
            "video_id": self.video_id,
            "conversation": self.conversation,
            "creator_id": self.creator_id,
        }

    @property
    def is_shown(self) -> bool:
        """Somebody showed it: neither found by search nor come upon in the shop."""
        return self.source not in (Kind.DIRECT, Kind.SEARCH)


DIRECT = Met()


def read(via: str, viewer: Any, product: Product) -> Met:
    """Where `viewer` (AnonymousUser too) says to have met the product. DIRECT for what is not
    said, unknown, or was not so: the video must show it, the profile have it, and somebody else
    must have sent it into the conversation in which the viewer takes part. One query, at most
    two."""
    kind, _colon, key = via[:LONGEST].partition(":")
    return READERS[kind](key, viewer, product) if kind in READERS else DIRECT


def touch(person: Any, product: Product, met: Met) -> None:
    """Remember where a signed-in person met the product last. What they only looked up or opened
    again takes nothing away from whoever showed it to them."""
    if not person.is_authenticated or met == DIRECT:
        return
    row = met.columns | {"at": timezone.now()}
    if met.is_shown or not _living(person, product).exists():
        Touch.objects.update_or_create(person=person, product=product, defaults=row)


def met(person: Any, product: Product, line: Source | None = None) -> Met:
    """Where it was met, for an order's line: what the cart's `line` remembers, else the last touch
    of the last seven days, else DIRECT."""
    return met_all(person, [(product, line)])[0]


def met_all(person: Any, wanted: Sequence[tuple[Product, Source | None]]) -> list[Met]:
    """The same of several, in their order; one query, or none where the lines remember all."""
    said = [Met.of(line) if line else DIRECT for _product, line in wanted]
    silent = [
        product.pk for (product, _line), met in zip(wanted, said, strict=True) if met == DIRECT
    ]
    if not silent or not person.is_authenticated:
        return said
    last = {touch.product_id: Met.of(touch) for touch in _touches(person, silent, _since())}
    return [
        last.get(product.pk, DIRECT) if met == DIRECT else met
        for (product, _line), met in zip(wanted, said, strict=True)
    ]


def _since() -> datetime:
    return timezone.now() - timedelta(days=Touch.DAYS)


def _living(person: Any, product: Product) -> Any:
    return Touch.objects.filter(person=person, product=product, at__gte=_since())


_touches = ByKey(
    lambda person, products, since: Touch.objects.filter(
        person=person, product__in=products, at__gte=since
    ),
    10,
    ANY_TIME,
)


def _in_video(key: str, viewer: Any, product: Product) -> Met:
    tagged = ProductTag.objects.filter(video=OuterRef("pk"), product=product)
    if (video_id := _uuid(key)) is None:
        return DIRECT
    shown = Video.objects.watchable_by(viewer).filter(Exists(tagged), pk=video_id)
    creator = shown.values_list("author_id", flat=True).first()
    return Met(Kind.VIDEO, video_id=video_id, creator_id=creator) if creator else DIRECT


def _in_conversation(key: str, viewer: Any, product: Product) -> Met:
    conversation = _uuid(key)
    if not viewer.is_authenticated or conversation is None:
        return DIRECT
    sent = last_sending(viewer, "product", product.pk, conversation)
    if sent is None:
        return DIRECT
    kind = Kind.CHANNEL if sent.is_channel else Kind.CONVERSATION
    return Met(kind, conversation=conversation, creator_id=sent.by)


def _on_profile(key: str, viewer: Any, product: Product) -> Met:
    shown = ShowcaseItem.objects.filter(creator=OuterRef("pk"), product=product)
    owned = Shop.objects.filter(owner=OuterRef("pk"), pk=product.shop_id)
    people = User.objects.visible_to(viewer).filter(Q(Exists(shown)) | Q(Exists(owned)))
    creator = people.named(key).values_list("pk", flat=True).first()
    return Met(Kind.PROFILE, creator_id=creator) if creator else DIRECT


def _by_search(_key: str, _viewer: Any, _product: Product) -> Met:
    return Met(Kind.SEARCH)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


READERS: dict[str, Callable[[str, Any, Product], Met]] = {
    VIDEO: _in_video,
    TALK: _in_conversation,
    CHANNEL: _in_conversation,
    PROFILE: _on_profile,
    SEARCH: _by_search,
}
