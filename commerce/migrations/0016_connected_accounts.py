import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who is paid by a provider that knows them itself; what of a payout was fetched back."""

    dependencies = [
        ("commerce", "0015_product_sorts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConnectedAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=100, unique=True)),
                (
                    "is_ready",
                    models.BooleanField(default=False, help_text="Money can be sent there."),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        help_text="When they last went to tell who they are.",
                    ),
                ),
                ("looked_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name="payout",
            name="reversed",
            field=models.DecimalField(
                db_default=0,
                decimal_places=2,
                default=0,
                help_text="Fetched back, as refunds came after it.",
                max_digits=14,
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(("reversed__gte", 0), ("reversed__lte", models.F("amount"))),
                name="payout_reversed",
            ),
        ),
        migrations.AddField(
            model_name="connectedaccount",
            name="person",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="connected_account",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="connectedaccount",
            name="shop",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="connected_account",
                to="commerce.shop",
            ),
        ),
        migrations.AddConstraint(
            model_name="connectedaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("shop", None), ("person", None), _connector="XOR"),
                name="connected_account_of_one",
            ),
        ),
    ]
