"""Every page there is: the worlds of the access tables made in a running Medley, and which of their
addresses give whoever may a page."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress

from accounts.models import Device, SignIn, TransparencyTotal, User
from chat.models import Channel
from commerce.models import Coupon, Shop
from tests.access import (
    conversation_routes,
    conversations,
    film_routes,
    films,
    people,
    people_routes,
    shop,
    shop_routes,
    site,
    site_routes,
)
from tests.access.tables import OPEN, SIGN_IN, Rows, rows_of
from tests.access.world import World
from tests.e2e.stack import Stack

TABLES: dict[str, tuple[type[World], tuple[str, ...]]] = {
    "people": (people.People, (people_routes.ROUTES,)),
    "films": (films.Films, (film_routes.ROUTES,)),
    "conversations": (conversations.Conversations, (conversation_routes.ROUTES,)),
    "shop": (shop.Market, shop_routes.TABLES),
    "site": (site.Site, (site_routes.ROUTES,)),
}
ANONYMOUS = "anonymous"
# Who has most to see comes first.
WHO = ("owner", "buyer", "member", "moderator", "teen")


@dataclass(frozen=True)
class EveryPage:
    """An address that gave a whole page to somebody; `session` is the cookie, "" signed out."""

    route: str
    path: str
    who: str
    session: str


def pages_of(stack: Stack, subject: str) -> list[EveryPage]:
    """The pages of one of TABLES, in a world made for it."""
    said = stack.do(f"from tests.e2e import every_page; every_page.tell({subject!r})")
    return [EveryPage(**page) for page in json.loads(said.splitlines()[-1])]


def tell(subject: str) -> None:
    """Make the world, knock, and print what was found as one line of JSON."""
    maker, rows = _table(subject)
    _make_room()
    world = maker()
    for name in world.clients:
        _confirmed(world, name)
    print(json.dumps([asdict(page) for page in _pages(world, rows)]))


def routes_of(subject: str) -> set[str]:
    """Where its table says that something may be read."""
    _maker, rows = _table(subject)
    return {row[4:] for row in rows if row.startswith("get ") and not _is_elsewhere(row[4:])}


def _is_elsewhere(route: str) -> bool:
    return route.startswith(("api/", "_allauth/", "admin/"))  # data; unfold's pages


def _table(subject: str) -> tuple[type[World], Rows]:
    maker, tables = TABLES[subject]
    return maker, rows_of("".join(tables), maker.who)


def _make_room() -> None:
    """What those of an earlier world are called goes to those of this one."""
    gone = User.objects.filter(email__endswith="@example.com")
    models: tuple[Any, ...] = (Device, EmailAddress, SignIn)
    for model in models:
        model.objects.filter(user__in=gone).delete()
    TransparencyTotal.objects.filter(period=people.COUNTED).delete()
    _renamed(Channel.objects.filter(conversation__creator__in=gone), "handle")
    _renamed(Shop.objects.filter(owner__in=gone), "slug")
    _renamed(Coupon.objects.filter(shop__owner__in=gone), "code")
    _renamed(gone, "email", "username")


def _renamed(rows: Any, *names: str) -> None:
    for pk in list(rows.values_list("pk", flat=True)):
        rows.model.objects.filter(pk=pk).update(**dict.fromkeys(names, f"x{uuid4().hex[:12]}"))


def _confirmed(world: World, name: str) -> None:
    """Whoever is signed in typed the password just now, and has shown whose mail address it is."""
    browser, _app = world.clients[name]
    if person := world.people.get(name):
        EmailAddress.objects.get_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )
        session = browser.session
        proof = {"method": "password", "at": time.time(), "reauthenticated": True}
        session["account_authentication_methods"] = [proof]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()


def _pages(world: World, rows: Rows) -> Iterator[EveryPage]:
    for row, said in rows.items():
        method, _, route = row.partition(" ")
        if method == "get" and not _is_elsewhere(route):
            readers = _readers(world.who, said)
            opened = (_opened(world, who, route) for who in readers if who != ANONYMOUS)
            yield from [page for page in opened if page][:1]
            if ANONYMOUS in readers:
                yield from filter(None, [_opened(world, ANONYMOUS, route)])


def _readers(who: tuple[str, ...], said: str) -> list[str]:
    """Whoever is let in, those first who have most to see."""
    signs = dict(zip(who, said, strict=True))
    let_in = (OPEN, SIGN_IN) if set(said) == {SIGN_IN} else (OPEN,)
    return [name for name in dict.fromkeys((*WHO, *who)) if signs.get(name) in let_in]


def _opened(world: World, who: str, route: str) -> EveryPage | None:
    browser, _app = world.clients[who]
    path = world.address(route)
    answer = browser.get(path, SERVER_NAME="localhost", secure=True)
    is_page = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
    if not is_page or b"<html" not in answer.getvalue():
        return None
    session = browser.cookies["sessionid"].value if who in world.people else ""
    return EveryPage(route, path, who, session)
