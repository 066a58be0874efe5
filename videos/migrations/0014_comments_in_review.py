from django.db import migrations, models


class Migration(migrations.Migration):
    """What looks like spam waits for a moderator."""

    dependencies = [("videos", "0013_screening")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="is_in_review",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Held, because it looks like spam, until a moderator has read it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(is_in_review=False) | models.Q(held_at__isnull=False),
                name="comment_in_review_is_held",
            ),
        ),
    ]
