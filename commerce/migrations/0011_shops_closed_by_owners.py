"""Since when shops are closed that their owners closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commerce", "0010_payments_asked_again"),
    ]

    operations = [
        migrations.AddField(
            model_name="shop",
            name="closed_at",
            field=models.DateTimeField(blank=True, help_text="By its owner.", null=True),
        ),
    ]
