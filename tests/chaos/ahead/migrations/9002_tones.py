"""What the column holds of what was said before, and its index: while everybody writes."""

from typing import Any

from django.db import migrations, models

from accounts.schema import AddIndexPatiently

SOME = 500


def fill(apps: Any, _editor: Any) -> None:
    """Some hundred rows at a time, so that nobody waits for more."""
    messages = apps.get_model("chat", "Message").objects.filter(tone=None)
    while some := list(messages.values_list("pk", flat=True)[:SOME]):
        messages.filter(pk__in=some).update(tone="plain")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("chat", "9001_tone")]

    operations = [
        AddIndexPatiently("message", models.Index(fields=["tone"], name="message_tone")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
