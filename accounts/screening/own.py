"""The entrances of accounts (SCREENED): people's pictures, and those of links' cards."""

from collections.abc import Iterable
from uuid import UUID

from accounts.linking import keeping
from accounts.models import LinkCard, User
from accounts.ports import Screened
from accounts.screening import Brought, Held, screen
from accounts.stored import local_file


class Avatars(Screened):
    """Pictures of people, by their ids."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        people = User.objects.exclude(avatar="")
        people = people.filter(pk__gt=after) if after else people
        return people.order_by("pk").values_list("pk", flat=True)[:most]

    def look_again(self, key: UUID) -> None:
        from accounts.actions import remove_avatar

        person = User.objects.exclude(avatar="").filter(pk=key).first()
        if person is None:
            return
        try:
            with local_file(person.avatar) as path:
                screen(Brought("avatar", person.pk, "user", person.pk), [path])
        except FileNotFoundError:
            return
        except Held:
            remove_avatar(person)


class LinkPictures(Screened):
    """Pictures of cards, by their ids."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        cards = LinkCard.objects.exclude(picture="")
        cards = cards.filter(pk__gt=after) if after else cards
        return cards.order_by("pk").values_list("pk", flat=True)[:most]

    def look_again(self, key: UUID) -> None:
        card = LinkCard.objects.exclude(picture="").filter(pk=key).first()
        if card is None:
            return
        try:
            with local_file(card.picture) as path:
                screen(Brought("link", None, "link", key), [path])
        except FileNotFoundError:
            return
        except Held:
            keeping.take_away(key, "held")
