"""Remember with which change a member came, so that changes can tell who joined from who changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="joined_revision",
            field=models.PositiveBigIntegerField(
                default=0, help_text="The change with which they came."
            ),
        ),
    ]
