"""How fast orders are placed: by one buyer after the other, by two processes at once, and by two
hundred people who all want the last ten pieces.

By REST, as apps do, in the ASGI application itself: session, rules, prices, stock, the order and
its payment. Only the provider is none: it answers at once.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

from tests.bench import cores, world
from tests.bench.figures import percentile
from tests.bench.measuring import Run
from tests.bench.pages import ask, queries_counted

WARM, MEASURED = 50, 300
PROCESSES, EACH = 2, 300  # orders on variants of their own
AT_ONCE = 16  # requests that a web process answers at a time
CROWD, PIECES = 200, 10
SHOPS = 20
ORDERED, GONE = 201, 409
LATEST_START = 30.0  # seconds for the processes to get ready


def measure() -> Run:
    """Milliseconds and statements of an order, orders a second, pieces sold to the crowd, and
    seconds until the last of it was told."""
    from config.server import quiet_the_collector

    people = list(world.people())
    print("filling carts ...", flush=True)
    alone, several = WARM + MEASURED, PROCESSES * (WARM + EACH)
    earlier = alone + several + PROCESSES * WARM  # these come before the crowd
    _fill_carts(people[:earlier], _variants(earlier))
    crowd = people[earlier:][:CROWD]
    wanted = _variants(1, stock=PIECES)
    _fill_carts(crowd, wanted * CROWD)
    quiet_the_collector()
    with queries_counted() as counted:
        one_by_one = asyncio.run(_orders(people[:alone], 1, counted))
    figures = _of_one(one_by_one)
    parts = [people[alone:][number : alone + several : PROCESSES] for number in range(PROCESSES)]
    parts = [part[: WARM + EACH] for part in parts]
    first = people[alone + several : earlier]
    halves = [[*first[number::PROCESSES], *crowd[number::PROCESSES]] for number in range(PROCESSES)]
    with cores.on(set(cores.CORES)):
        at_once = _in_processes(parts, WARM)
        told = _in_processes(halves, WARM)
    figures["orders_per_s"] = at_once.placed / at_once.seconds
    figures["crowd_told_s"] = told.seconds
    figures["crowd_sold"] = float(told.placed)
    return Run(figures, _faults(one_by_one, at_once, told, wanted[0]))


@dataclass
class Placed:
    """What became of some orders; times as `time.time()` tells them to all processes."""

    latencies: list[float] = field(default_factory=list)  # seconds
    statements: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)  # statuses
    began: float = 0.0
    ended: float = 0.0

    @property
    def placed(self) -> int:
        return self.answers.count(ORDERED)

    @property
    def seconds(self) -> float:
        return self.ended - self.began


def _of_one(placed: Placed) -> dict[str, float]:
    p50, p95 = (percentile(placed.latencies[WARM:], part) * 1e3 for part in (0.5, 0.95))
    return {
        "order_p50_ms": p50,
        "order_p95_ms": p95,
        "order_statements": float(max(placed.statements[WARM:])),
    }


def _faults(alone: Placed, at_once: Placed, crowd: Placed, wanted: Any) -> list[str]:
    from commerce.models import OrderLine, Variant

    left = Variant.objects.get(pk=wanted.pk).stock
    sold = OrderLine.objects.filter(variant=wanted.pk).count()
    refused = [answer for answer in alone.answers + at_once.answers if answer != ORDERED]
    found = [f"{len(refused)} orders were answered {set(refused)}"] if refused else []
    if (sold, left, crowd.placed, crowd.answers.count(GONE)) != (PIECES, 0, PIECES, CROWD - PIECES):
        found.append(f"the crowd bought {sold}, {left} were left, answers {set(crowd.answers)}")
    return found


# --- Ordering -------------------------------------------------------------------------------------


class NoProvider:
    """Takes every payment up at once, and never hears of it again."""

    NAME = "bench"  # "none" pays at once what costs nothing

    def start(self, payment: Any, *, take: bool, return_url: str) -> Any:
        from commerce.payments.port import Told

        return Told(payment.State.ACTION, reference=str(payment.pk), action_url=return_url)


async def _orders(
    people: Sequence[world.Person], at_once: int, counted: Sequence[int] = (0,)
) -> Placed:
    """Each orders what is in their cart, so many at a time."""
    from django.conf import settings

    from config.asgi import application

    settings.PAYMENT_PROVIDERS[NoProvider.NAME] = f"{NoProvider.__module__}.{NoProvider.__name__}"
    settings.PAYMENT_PROVIDER = NoProvider.NAME
    room, found = asyncio.Semaphore(at_once), Placed(began=time.time())

    async def order(person: world.Person) -> None:
        async with room:
            before, began = counted[0], time.perf_counter()
            headers = {"Idempotency-Key": uuid4().hex}  # a round after this one orders anew
            status, told_at = await ask(application, person, "/api/v1/checkout/", b"{}", headers)
            found.latencies.append(told_at - began)
            found.statements.append(counted[0] - before)
            found.answers.append(status)

    await asyncio.gather(*map(order, people))
    found.ended = time.time()
    return found


def _in_processes(parts: Sequence[Sequence[world.Person]], warm: int) -> Placed:
    """Each part in a process of its own, beginning at the same moment once all are warm."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(len(parts))
    with context.Pool(len(parts), _get_ready, (ready,)) as pool:
        done = pool.starmap(_in_process, [(part, warm) for part in parts], chunksize=1)
    return Placed(
        answers=[answer for each in done for answer in each.answers],
        began=min(each.began for each in done),
        ended=max(each.ended for each in done),
    )


_ready: list[Any] = []


def _get_ready(ready: Any) -> None:
    import django

    django.setup()
    _ready.append(ready)


def _in_process(people: Sequence[world.Person], warm: int) -> Placed:
    from config.server import quiet_the_collector

    asyncio.run(_orders(people[:warm], AT_ONCE))
    quiet_the_collector()
    _ready[0].wait(LATEST_START)
    return asyncio.run(_orders(people[warm:], AT_ONCE))


# --- The shops ------------------------------------------------------------------------------------


def _variants(number: int, stock: int = 10) -> list[Any]:
    """So many, each of a product of its own, spread over new shops."""
    from django.utils import timezone
    from djmoney.money import Money

    from commerce.models import Category, Product, Variant

    category, _new = Category.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    shops = _shops(min(number, SHOPS))
    products = Product.objects.bulk_create(
        Product(
            shop=shops[each % len(shops)],
            title=f"Thing {each}",
            category=category,
            state=Product.State.PUBLISHED,
            published_at=timezone.now(),
            price_from=Decimal(20),
            in_stock=True,
        )
        for each in range(number)
    )
    return Variant.objects.bulk_create(
        Variant(product=product, price=Money(20, "EUR"), stock=stock) for product in products
    )


def _shops(number: int) -> list[Any]:
    """New ones of people who do nothing else, each with one way to ship anywhere."""
    from uuid import uuid4

    from accounts.models import User
    from commerce.models import ShippingRate, ShippingZone, Shop

    names = [f"seller-{uuid4().hex[:12]}" for _ in range(number)]
    sellers = User.objects.bulk_create(
        User(username=n, email=f"{n}@example.com", password="!", birth_date="1990-01-01")
        for n in names
    )
    shops = Shop.objects.bulk_create(
        Shop(
            owner=seller,
            slug=seller.username,
            name=seller.username,
            currency="EUR",
            country="DE",
            state=Shop.State.OPEN,
        )
        for seller in sellers
    )
    zones = ShippingZone.objects.bulk_create(ShippingZone(shop=s, name="Everywhere") for s in shops)
    ShippingRate.objects.bulk_create(
        ShippingRate(zone=zone, name="Parcel", price=Decimal("4.90")) for zone in zones
    )
    return list(shops)


def _fill_carts(people: Sequence[world.Person], variants: Sequence[Any]) -> None:
    """One piece of a variant in each one's cart, and an address to send it to."""
    from django.db import connection

    from commerce.models import Address, Cart, CartLine

    keys = [person.id for person in people]
    Cart.objects.filter(person__in=keys).delete()
    Address.objects.filter(person__in=keys).delete()
    where = {"name": "Ana", "street": "Lindenstr. 5", "city": "Berlin", "postcode": "10969"}
    Address.objects.bulk_create(
        Address(person_id=key, country="DE", is_default=True, **where) for key in keys
    )
    carts = Cart.objects.bulk_create(Cart(person_id=key) for key in keys)
    CartLine.objects.bulk_create(
        CartLine(cart=cart, variant=variant, quantity=1, price_seen=Decimal(20))
        for cart, variant in zip(carts, variants, strict=True)
    )
    with connection.cursor() as cursor:
        # What autovacuum knows after a minute, the planner is to know at once.
        cursor.execute("ANALYZE")
