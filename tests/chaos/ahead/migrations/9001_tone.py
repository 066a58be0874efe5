"""A column that the release before neither knows nor fills."""

from django.db import migrations, models

from tests.chaos.ahead.migrations import LAST


class Migration(migrations.Migration):
    dependencies = [("chat", LAST)]

    operations = [migrations.AddField("message", "tone", models.TextField(null=True))]
