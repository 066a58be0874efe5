import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def guard(apps, schema_editor):
    from commerce.ledger import guards

    guards.set_up(schema_editor.connection)


def unguard(apps, schema_editor):
    from commerce.ledger import guards

    guards.take_away(schema_editor.connection)


class Migration(migrations.Migration):
    """What changed for the ledger: fees have an account of their own, creators one at a bank, a
    showcase an order; and the database itself lets nothing in the ledger be changed."""

    dependencies = [
        ("commerce", "0008_together"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="ledgerentry",
            name="account",
            field=models.CharField(
                choices=[
                    ("buyer", "Buyer"),
                    ("seller", "Seller"),
                    ("platform", "Medley"),
                    ("fee", "Medley's fee"),
                    ("creator", "Creator"),
                    ("tax", "Tax"),
                    ("bank", "Paid out"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="PayoutAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.CharField(max_length=120, verbose_name="name of its holder")),
                ("iban", models.CharField(max_length=34, verbose_name="bank account (IBAN)")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="payout_account",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="showcaseitem",
            name="position",
            field=models.IntegerField(default=0, help_text="From the first on; gaps are nothing."),
        ),
        migrations.AlterModelOptions(
            name="showcaseitem",
            options={"ordering": ["position", "-added_at", "-pk"]},
        ),
        migrations.RunPython(guard, unguard),
    ]
