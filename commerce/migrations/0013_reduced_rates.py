from decimal import Decimal

from django.db import migrations

# Our reduced goods are books and food. Of several reduced rates a country takes for these another
# than 0002 said: gov.uk "VAT rates" (food and books: zero), revenue.ie "Zero rate of VAT" (food and
# books), the Polish Act on Goods and Services Tax, annex 10 (5 %), and Luxembourg's super-reduced
# rate of 3 % (European Commission, Taxes in Europe Database).
SINCE = "2026-01-01"
CORRECTED = {"GB": ("5", "0"), "IE": ("13.5", "0"), "LU": ("8", "3"), "PL": ("8", "5")}

# Sweden: food from 12 to 6 % for a time (prop. 2025/26:55, Mervärdesskattelag (2023:200)); books
# have 6 % anyway.
LATER = {("SE", "2026-04-01"): "6", ("SE", "2028-01-01"): "12"}


def correct(apps, schema_editor):
    rates = _reduced(apps, schema_editor)
    for country, (wrong, right) in CORRECTED.items():
        _change(rates, country, wrong, right)
    for (country, since), percent in LATER.items():
        rates.get_or_create(
            country=country,
            state="",
            tax_class="reduced",
            since=since,
            defaults={"percent": Decimal(percent)},
        )


def put_back(apps, schema_editor):
    rates = _reduced(apps, schema_editor)
    for country, (wrong, right) in CORRECTED.items():
        _change(rates, country, right, wrong)
    for country, since in LATER:
        rates.filter(country=country, since=since).delete()


def _reduced(apps, schema_editor):
    rates = apps.get_model("commerce", "TaxRate").objects.using(schema_editor.connection.alias)
    return rates.filter(state="", tax_class="reduced")


def _change(rates, country, before, after):
    """Not where staff have entered something else."""
    of_country = rates.filter(country=country, since=SINCE, percent=Decimal(before))
    of_country.update(percent=Decimal(after))


class Migration(migrations.Migration):
    """What countries take of books and food."""

    dependencies = [("commerce", "0012_groups_end_before_holds")]

    operations = [migrations.RunPython(correct, put_back)]
