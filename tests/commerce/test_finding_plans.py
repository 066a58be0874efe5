"""Lists of very many products read an index, not the products."""

import psycopg
import pytest
from django.db import connection

from commerce import finding
from commerce.models import Product
from tests.commerce.factories import make_product

pytestmark = pytest.mark.django_db
MANY = 100_000
TABLE = Product._meta.db_table
INDEX = {"cheap": "product_by_price", "dear": "product_by_price", "popular": "product_by_sold"}


@pytest.fixture
def crowd(shop):
    """So many for sale, at 500 prices; nearly nothing of it was ever sold."""
    if connection.vendor != "postgresql":
        pytest.skip("plans are PostgreSQL's")
    made, _variant = make_product(shop)
    Product.objects.filter(pk=made.pk).update(sold_count=3, published_at="2030-01-01T00:00Z")
    with connection.cursor() as cursor:
        cursor.execute("select * from commerce_product limit 0")
        same = {"id", "title", "price_from", "sold_count", "published_at"}
        kept = [column.name for column in cursor.description if column.name not in same]
        columns = ", ".join(f'"{name}"' for name in kept)
        cursor.execute(
            f"insert into commerce_product (id, title, price_from, sold_count, published_at,"
            f" {columns}) select gen_random_uuid(), 'Thing ' || n, 1 + n % 500, 0,"
            f" now() - n * interval '1 second', {columns}"
            f" from commerce_product, generate_series(1, {MANY}) n"
        )
        cursor.execute("analyze commerce_product, commerce_shop, accounts_user")


def test_each_page_of_a_sort_reads_about_as_many_products_as_it_shows(crowd, ana):
    for sort, index in INDEX.items():
        question = finding.Question(sort=sort)
        for after in ("", finding.find(ana, question).next):
            plans: list[dict] = []
            with connection.execute_wrapper(_noting(plans)):
                found = finding.find(ana, question, after)

            read = [node for node in _nodes(plans[0]) if node.get("Relation Name") == TABLE]
            assert len(found.products) == finding.PAGE
            assert [node.get("Index Name") for node in read] == [index]
            assert all(_rows(node) <= 4 * finding.PAGE for node in read)


def _noting(plans: list[dict]):
    def explain(execute, sql, params, many, context):
        if 'FROM "commerce_product"' in sql and not plans:
            with psycopg.ClientCursor(connection.connection) as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                (told,) = cursor.fetchall()
                plans.append(told[0][0]["Plan"])
        return execute(sql, params, many, context)

    return explain


def _nodes(plan: dict) -> list[dict]:
    return [plan, *(node for each in plan.get("Plans", ()) for node in _nodes(each))]


def _rows(node: dict) -> int:
    return (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
