from django.db import migrations, models


class Migration(migrations.Migration):
    """A video goes on without a sound that was taken down."""

    dependencies = [("videos", "0014_comments_in_review")]

    operations = [
        migrations.AddField(
            model_name="video",
            name="is_silenced",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="It plays without a sound that a moderator took down.",
            ),
        ),
    ]
