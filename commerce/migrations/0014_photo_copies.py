"""Which smaller copies of photos there are, and how far an import is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commerce", "0013_reduced_rates")]

    operations = [
        migrations.AddField(
            model_name="productimport",
            name="taken",
            field=models.PositiveIntegerField(
                db_default=0, default=0, help_text="Lines that a running one is through with."
            ),
        ),
        migrations.AddField(
            model_name="productphoto",
            name="smaller",
            field=models.JSONField(
                blank=True,
                help_text="Which of SIDES there are; none: not looked at yet.",
                null=True,
            ),
        ),
    ]
