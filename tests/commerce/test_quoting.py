"""Sums are exact, whatever is bought."""

from decimal import Decimal
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commerce.quoting.sums import Deal, Item, Way, quote

cents = st.integers(1, 10_000_00).map(lambda n: Decimal(n) / 100)
shops = st.integers(1, 3).map(lambda n: UUID(int=n))
percents = st.sampled_from([Decimal(0), Decimal(7), Decimal("8.875"), Decimal(19), Decimal(100)])


@st.composite
def carts(draw):
    numbers = draw(st.lists(st.integers(1, 500), min_size=1, max_size=8, unique=True))
    inside = {UUID(int=n): draw(st.booleans()) for n in (1, 2, 3)}
    chosen = [(number, draw(shops)) for number in numbers]
    return [
        Item(UUID(int=n), shop, draw(st.integers(1, 99)), draw(cents), draw(percents), inside[shop])
        for n, shop in chosen
    ]


deals = st.builds(Deal, st.none(), st.none(), cents) | st.builds(Deal, shops, percents)
ways = st.dictionaries(shops, st.builds(Way, cents, cents, st.none() | cents))


@settings(suppress_health_check=[HealthCheck.too_slow])  # others may use the machine
@given(carts(), ways, st.lists(deals, max_size=2, unique_by=lambda deal: deal.shop))
def test_lines_sum_to_the_totals_and_nothing_is_negative(items, ways, deals):
    sums = quote(items, ways, deals)

    assert sums.goods == sum(item.goods for item in items)
    for shop in sums.shops:
        assert sum(line.discount for line in shop.lines) == shop.discount + shop.platform_discount
        assert shop.total >= sum(line.total for line in shop.lines)
        assert 0 <= shop.tax <= shop.total
    for line in (line for shop in sums.shops for line in shop.lines):
        assert line.discount >= 0
        assert line.total >= 0
        assert 0 <= line.tax <= line.total
        assert line.total == round(line.total, 2)


@settings(suppress_health_check=[HealthCheck.too_slow])  # others may use the machine
@given(carts(), ways, st.lists(deals, max_size=2, unique_by=lambda deal: deal.shop))
def test_the_order_of_lines_changes_nothing(items, ways, deals):
    assert quote(items, ways, deals) == quote(list(reversed(items)), ways, deals)


def test_shipping_is_free_from_a_sum_on():
    item = Item(UUID(int=1), UUID(int=1), 2, Decimal(25))

    sums = quote([item], {item.shop: Way(Decimal(5), Decimal(1), Decimal(50))})

    assert (sums.shipping, sums.total) == (0, 50)
