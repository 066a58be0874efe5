"""Comments keep whom they name, so that they follow every other name that somebody takes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("videos", "0009_insights")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="mentions",
            field=models.JSONField(
                blank=True,
                help_text="Ids of the people it names; null where nobody looked.",
                null=True,
            ),
        )
    ]
