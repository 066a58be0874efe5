from django.db import migrations, models


class Migration(migrations.Migration):
    """Which smaller copies of review photos there are."""

    dependencies = [("commerce", "0017_webhooks")]

    operations = [
        migrations.AddField(
            model_name="reviewphoto",
            name="smaller",
            field=models.JSONField(
                blank=True,
                help_text="Which of SIDES there are; none: not looked at yet.",
                null=True,
            ),
        ),
    ]
