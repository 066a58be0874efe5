"""The index by which review photos are found that have no copies; nobody waits for it."""

from django.db import migrations, models
from django.db.models import Q

from accounts.schema import AddIndexPatiently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("commerce", "0018_review_photo_copies")]

    operations = [
        AddIndexPatiently(
            "reviewphoto",
            models.Index(
                fields=["id"],
                name="review_photo_without_copies",
                condition=Q(smaller__isnull=True),
            ),
        ),
    ]
