from django.db import migrations, models


class Migration(migrations.Migration):
    """What was taken back leaves a trace in its line, so that doing it again soon is no news."""

    dependencies = [("accounts", "0021_case_by_staff")]

    operations = [
        migrations.AddField(
            model_name="notificationactor",
            name="is_taken_back",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="notificationactor",
            index=models.Index(
                condition=models.Q(("is_taken_back", True)),
                fields=["actor", "notification"],
                name="notification_taken_back",
            ),
        ),
    ]
