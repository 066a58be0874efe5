"""The index by which the most liked comments of a video are found; nobody waits for it."""

from django.db import migrations, models
from django.db.models import Q

from accounts.schema import AddIndexPatiently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("videos", "0005_around")]

    operations = [
        AddIndexPatiently(
            "comment",
            models.Index(
                fields=["video", "-like_count", "-created_at"],
                condition=Q(parent=None),
                name="comment_top",
            ),
        ),
    ]
