from decimal import Decimal

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import accounts.ids

# Standard rate, and the reduced rate that most goods of Annex III have, in percent. Member States:
# European Commission, "VAT rates applied in the Member States of the European Union" (Taxes in
# Europe Database), as of January 2026. Denmark has no reduced rate. Others: gov.uk "VAT rates",
# Federal Act on Value Added Tax of Switzerland, Article 25. In the United States sellers register
# with each state: none is taken until staff add a state's row.
RATES = {
    "AT": ("20", "10"),
    "BE": ("21", "6"),
    "BG": ("20", "9"),
    "CY": ("19", "5"),
    "CZ": ("21", "12"),
    "DE": ("19", "7"),
    "DK": ("25", "25"),
    "EE": ("24", "9"),
    "ES": ("21", "10"),
    "FI": ("25.5", "13.5"),
    "FR": ("20", "5.5"),
    "GR": ("24", "13"),
    "HR": ("25", "13"),
    "HU": ("27", "5"),
    "IE": ("23", "13.5"),
    "IT": ("22", "10"),
    "LT": ("21", "12"),
    "LU": ("17", "8"),
    "LV": ("21", "12"),
    "MT": ("18", "5"),
    "NL": ("21", "9"),
    "PL": ("23", "8"),
    "PT": ("23", "6"),
    "RO": ("21", "11"),
    "SE": ("25", "12"),
    "SI": ("22", "9.5"),
    "SK": ("23", "19"),
    "CH": ("8.1", "2.6"),
    "GB": ("20", "5"),
    "US": ("0", "0"),
}
SINCE = "2026-01-01"
CLASSES = ("standard", "reduced")


def add_rates(apps, schema_editor):
    rates = apps.get_model("commerce", "TaxRate")
    rates.objects.using(schema_editor.connection.alias).bulk_create(
        [
            rates(country=country, tax_class=name, percent=Decimal(percent), since=SINCE)
            for country, percents in RATES.items()
            for name, percent in zip(CLASSES, percents, strict=True)
        ],
        ignore_conflicts=True,
    )


def remove_rates(apps, schema_editor):
    rates = apps.get_model("commerce", "TaxRate").objects.using(schema_editor.connection.alias)
    rates.filter(country__in=RATES, state="", since=SINCE).delete()


class Migration(migrations.Migration):
    """What sellers need: lists of products as files, and the rates of tax in the countries they
    mostly ship to."""

    dependencies = [("commerce", "0001_initial")]

    operations = [
        migrations.RunPython(add_rates, remove_rates),
        migrations.CreateModel(
            name="ProductImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checked", "Looked through"),
                            ("running", "Running"),
                            ("done", "Done"),
                        ],
                        default="checked",
                        max_length=7,
                    ),
                ),
                ("rows", models.JSONField(default=list)),
                ("report", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "shop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to="commerce.shop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("shop",),
                        name="import_runs_once",
                    )
                ],
            },
        ),
    ]
