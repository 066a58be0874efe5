import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """What payments need to be asked again: how often a provider broke down over one, when a refund
    was asked last and why it waits, and refunds of what was paid twice, which are of no order."""

    dependencies = [
        ("commerce", "0009_ledger"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="payment",
            name="payment_one_lives",
        ),
        migrations.AddField(
            model_name="payment",
            name="attempt",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="payout",
            name="attempt",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="refund",
            name="asked_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=django.utils.timezone.now,
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="attempt",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="refund",
            name="failure",
            field=models.CharField(
                blank=True, db_default="", help_text="A code of refusals.py.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="note",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="How people settled it themselves.",
                max_length=500,
            ),
        ),
        migrations.AddField(
            model_name="testcharge",
            name="refunds",
            field=models.JSONField(
                db_default={}, default=dict, help_text="{idempotency key: name here}."
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="action_url",
            field=models.CharField(
                blank=True, help_text="Where the buyer goes on.", max_length=2048
            ),
        ),
        migrations.AlterField(
            model_name="refund",
            name="order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refunds",
                to="commerce.order",
            ),
        ),
        migrations.AddIndex(
            model_name="refund",
            index=models.Index(
                condition=models.Q(("state", "done"), _negated=True),
                fields=["asked_at"],
                name="refund_unsettled",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["failed", "released", "captured"]), _negated=True
                ),
                fields=("purchase",),
                name="payment_one_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.UniqueConstraint(
                condition=models.Q(("order", None)),
                fields=("payment",),
                name="refund_of_second_payment_once",
            ),
        ),
    ]
